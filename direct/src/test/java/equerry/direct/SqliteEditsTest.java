package equerry.direct;

import equerry.direct.DemoCopy.Engine;

class SqliteEditsTest extends EditContracts {
  SqliteEditsTest() {
    super(Engine.SQLITE);
  }
}
