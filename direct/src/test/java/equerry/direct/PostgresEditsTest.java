package equerry.direct;

import equerry.direct.DemoCopy.Engine;

class PostgresEditsTest extends EditContracts {
  PostgresEditsTest() {
    super(Engine.POSTGRESQL);
  }
}
