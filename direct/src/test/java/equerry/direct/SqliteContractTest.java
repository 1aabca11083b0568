package equerry.direct;

import equerry.direct.DemoCopy.Engine;

class SqliteContractTest extends DirectContracts {
  SqliteContractTest() {
    super(Engine.SQLITE);
  }
}
