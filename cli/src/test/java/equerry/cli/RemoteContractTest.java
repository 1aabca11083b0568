package equerry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.Butler;
import equerry.client.remote.Options;
import equerry.client.remote.RemoteButler;
import equerry.client.remote.RemoteFiles;
import equerry.client.wire.FileLink;
import equerry.server.EquerryServer;
import equerry.server.settings.RepositorySettings;
import equerry.server.settings.ServerSettings;
import equerry.testkit.AllDatasetsContract;
import equerry.testkit.CollectionsContract;
import equerry.testkit.DatasetLookupContract;
import equerry.testkit.DatasetTypesContract;
import equerry.testkit.ErrorContract;
import equerry.testkit.FilesContract;
import equerry.testkit.QueryContract;
import equerry.testkit.SelectionContract;
import equerry.testkit.SpatialQueryContract;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every contract suite on a butler behind a server of ours: over HTTP, the answers are those of the
/// stock package, too.
///
/// `EQUERRY_CONTRACT_SERVER` may name the URL of another server's demo repository to ask instead,
/// such as one of the stock package.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteContractTest {
  private static final UUID IMAGE = UUID.fromString("0d8568d8-fc99-50fc-b455-1cc9b5154558");
  private static final UUID ZIP_MEMBER = UUID.fromString("3b082023-283c-5c18-8895-cbe97da98f0d");

  private Path root;
  private EquerryServer server;
  private RemoteButler opened;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    root = DemoFolder.make(folder);
    ServerSettings settings =
        ServerSettings.local(List.of(new RepositorySettings("demo", root.toString(), Set.of("*"))))
            .onPort(0);
    server = EquerryServer.start(settings, DirectRepositories.opener(settings));
    String other = System.getenv("EQUERRY_CONTRACT_SERVER");
    String url = other == null ? server.url("demo") : other;
    opened = RemoteButler.open(URI.create(url), Options.DEFAULT);
  }

  @AfterAll
  void end() {
    assertThat(opened.openAnswers()).isZero();
    opened.close();
    server.close();
  }

  @Test
  void downloadsFilesAsTheyAreOnDisk(@TempDir Path folder) {
    FileLink link = opened.files().findLinks(IMAGE).orElseThrow().links().getFirst();
    Path target = folder.resolve("image.fits");
    opened.files().download(link, target);
    assertThat(target).hasSameBinaryContentAs(root.resolve(link.path()));
  }

  @Test
  void downloadsFilesThatAreToBeCopied(@TempDir Path folder) {
    Map<UUID, List<FileLink>> links = opened.files().findAllLinks(List.of(IMAGE));
    FileLink link = links.getOrDefault(IMAGE, List.of()).getFirst();
    Path target = folder.resolve("image.fits");
    opened.files().download(link, target);
    assertThat(target).hasSameBinaryContentAs(root.resolve(link.path()));
  }

  @Test
  void downloadsMembersOfArchives(@TempDir Path folder) throws IOException {
    FileLink link = opened.files().findLinks(ZIP_MEMBER).orElseThrow().links().getFirst();
    String[] place = link.path().split("#zip-path=", 2);
    Path target = folder.resolve("member");
    opened.files().download(link, target);
    try (ZipFile zip = new ZipFile(root.resolve(place[0]).toFile());
        InputStream member = zip.getInputStream(zip.getEntry(place[1]))) {
      assertThat(target).hasBinaryContent(member.readAllBytes());
    }
  }

  /// The protocol does not tell the names of datastores.
  private static @Nullable Object withoutDatastores(@Nullable Object answer) {
    return switch (answer) {
      case List<?> list -> list.stream().map(RemoteContractTest::withoutDatastores).toList();
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach(
            (key, value) ->
                copy.put(
                    key,
                    key.equals("datastore") ? RemoteFiles.DATASTORE : withoutDatastores(value)));
        yield copy;
      }
      case null, default -> answer;
    };
  }

  @Nested
  class OfCollections extends CollectionsContract {
    @Override
    protected Butler butler() {
      return opened;
    }

    @Override
    protected int inUse() {
      return opened.openAnswers();
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
      return opened.openAnswers();
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
      return opened.openAnswers();
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
      return opened.openAnswers();
    }

    @Override
    protected @Nullable Object expected(@Nullable Object answer) {
      return withoutDatastores(answer);
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
      return opened.openAnswers();
    }
  }

  @Nested
  class OfSelection extends SelectionContract {
    @Override
    protected Butler butler() {
      return opened;
    }

    @Override
    protected int inUse() {
      return opened.openAnswers();
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
      return opened.openAnswers();
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
      return opened.openAnswers();
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
      return opened.openAnswers();
    }
  }
}
