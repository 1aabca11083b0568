package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.Butler;
import equerry.direct.DemoCopy.Engine;
import equerry.testkit.AllDatasetsContract;
import equerry.testkit.CollectionsContract;
import equerry.testkit.DatasetLookupContract;
import equerry.testkit.DatasetTypesContract;
import equerry.testkit.ErrorContract;
import equerry.testkit.FilesContract;
import equerry.testkit.QueryContract;
import equerry.testkit.SelectionContract;
import equerry.testkit.SpatialQueryContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every contract suite on a butler straight on a database of one engine.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DirectContracts {
  private final Engine engine;
  private DemoCopy demo;
  private DirectButler opened;

  @SuppressWarnings("NullAway.Init")
  DirectContracts(Engine engine) {
    this.engine = engine;
  }

  @BeforeAll
  void open(@TempDir Path folder) {
    demo = DemoCopy.make(engine, folder);
    opened = demo.open();
  }

  @AfterAll
  void close() {
    opened.close();
    demo.close();
    assertThat(Leftovers.threads()).isEmpty();
  }

  @Nested
  class OfCollections extends CollectionsContract {
    @Override
    protected Butler butler() {
      return opened;
    }

    @Override
    protected int inUse() {
      return opened.busyConnections();
    }
  }

  @Nested
  class OfDatasetTypes extends DatasetTypesContract {
    @Override
    protected Butler butler() {
      return opened;
    }

    @Override
    protected int inUse() {
      return opened.busyConnections();
    }
  }

  @Nested
  class OfDatasetLookup extends DatasetLookupContract {
    @Override
    protected Butler butler() {
      return opened;
    }

    @Override
    protected int inUse() {
      return opened.busyConnections();
    }
  }

  @Nested
  class OfFiles extends FilesContract {
    @Override
    protected Butler butler() {
      return opened;
    }

    @Override
    protected int inUse() {
      return opened.busyConnections();
    }
  }

  @Nested
  class OfQuery extends QueryContract {
    @Override
    protected Butler butler() {
      return opened;
    }

    @Override
    protected int inUse() {
      return opened.busyConnections();
    }
  }

  @Nested
  class OfSpatialQuery extends SpatialQueryContract {
    @Override
    protected Butler butler() {
      return opened;
    }

    @Override
    protected int inUse() {
      return opened.busyConnections();
    }
  }

  @Nested
  class OfAllDatasets extends AllDatasetsContract {
    @Override
    protected Butler butler() {
      return opened;
    }

    @Override
    protected int inUse() {
      return opened.busyConnections();
    }
  }

  @Nested
  class OfSelections extends SelectionContract {
    @Override
    protected Butler butler() {
      return opened;
    }

    @Override
    protected int inUse() {
      return opened.busyConnections();
    }
  }

  @Nested
  class OfError extends ErrorContract {
    @Override
    protected Butler butler() {
      return opened;
    }

    @Override
    protected int inUse() {
      return opened.busyConnections();
    }
  }
}
