package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.WritableButler;
import equerry.direct.DemoCopy.Engine;
import equerry.testkit.DatasetEditsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class DatasetEditsTest {
  @Nested
  class OnSqlite extends OnEngine {
    OnSqlite() {
      super(Engine.SQLITE);
    }
  }

  @Nested
  class OnPostgres extends OnEngine {
    OnPostgres() {
      super(Engine.POSTGRESQL);
    }
  }

  abstract static class OnEngine extends DatasetEditsContract {
    private final Engine engine;
    private DemoCopy demo;
    private WritableDirectButler opened;

    @SuppressWarnings("NullAway.Init")
    OnEngine(Engine engine) {
      this.engine = engine;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
      demo = DemoCopy.make(engine, folder);
      opened = demo.openForWriting();
    }

    @Override
    protected WritableButler butler() {
      return opened;
    }

    @AfterEach
    void close() {
      assertThat(opened.readable().busyConnections()).isZero();
      opened.close();
      demo.close();
    }
  }
}
