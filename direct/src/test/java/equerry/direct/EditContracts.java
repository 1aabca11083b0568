package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.WritableButler;
import equerry.direct.DemoCopy.Engine;
import equerry.testkit.CollectionEditsContract;
import equerry.testkit.DatasetTypeEditsContract;
import equerry.testkit.RecordEditsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The suites of changes of collections, dataset types and dimension records on one engine.
abstract class EditContracts {
  private final Engine engine;
  private DemoCopy demo;
  private WritableDirectButler opened;

  @SuppressWarnings("NullAway.Init")
  EditContracts(Engine engine) {
    this.engine = engine;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    demo = DemoCopy.make(engine, folder);
    opened = demo.openForWriting();
  }

  @AfterEach
  void close() {
    assertThat(opened.readable().busyConnections()).isZero();
    opened.close();
    demo.close();
  }

  @Nested
  class OfCollections extends CollectionEditsContract {
    @Override
    protected WritableButler butler() {
      return opened;
    }
  }

  @Nested
  class OfDatasetTypes extends DatasetTypeEditsContract {
    @Override
    protected WritableButler butler() {
      return opened;
    }
  }

  @Nested
  class OfRecords extends RecordEditsContract {
    @Override
    protected WritableButler butler() {
      return opened;
    }
  }
}
