package equerry.direct;

import equerry.direct.DemoCopy.Engine;

class PostgresContractTest extends DirectContracts {
  PostgresContractTest() {
    super(Engine.POSTGRESQL);
  }
}
