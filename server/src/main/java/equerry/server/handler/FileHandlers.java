package equerry.server.handler;

import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.Files.DatasetFiles;
import equerry.api.file.StoredFile;
import equerry.client.wire.FileLink;
import equerry.datastore.link.FileLinks;
import equerry.datastore.link.Link;
import equerry.datastore.link.LinkAuth;
import equerry.datastore.link.LinkMode;
import equerry.datastore.location.PercentCoding;
import equerry.server.http.Exchange;
import equerry.server.http.HttpProblem;
import equerry.server.repository.ServedRepository;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Tells where the files of datasets are.
final class FileHandlers {
  private final FileLinks links;
  private final LinkMode mode;

  FileHandlers(FileLinks links, LinkMode mode) {
    this.links = links;
    this.mode = mode;
  }

  void byId(Exchange exchange, ServedRepository repository) throws IOException {
    UUID id = Paths.id(exchange);
    DatasetFiles found =
        repository
            .butler()
            .files()
            .find(id)
            .orElseThrow(
                () ->
                    new ButlerException.NotFound(
                        ErrorCode.DATASET_NOT_FOUND, "Dataset ID " + id + " not found"));
    FileAccessLog.log(exchange, found.ref(), "uuid");
    answer(exchange, repository, found);
  }

  void byDataId(Exchange exchange, ServedRepository repository) throws IOException {
    DatasetLookup lookup = repository.reader().fileByDataId(exchange.body());
    NamedType named = NamedType.of(lookup.datasetType());
    UnaryOperator<DatasetRef> part = named.part(repository);
    DatasetFiles whole = repository.butler().files().load(lookup.of(named.whole()));
    DatasetFiles found = new DatasetFiles(part.apply(whole.ref()), whole.files());
    FileAccessLog.log(exchange, found.ref(), "data-id");
    answer(exchange, repository, found);
  }

  private void answer(Exchange exchange, ServedRepository repository, DatasetFiles found)
      throws IOException {
    String base = exchange.publicBase();
    List<FileLink> files =
        repository.datastores().serving(found.files()).stream()
            .map(file -> wire(file, link(file, repository, base)))
            .toList();
    exchange.json(repository.writer().files(found.ref(), files));
  }

  private Link link(StoredFile file, ServedRepository repository, String base) {
    return links.linkFor(file, repository.datastores(), repository.label(), base);
  }

  private static FileLink wire(StoredFile file, Link link) {
    FileLink.Auth auth =
        link.auth() == LinkAuth.NONE ? FileLink.Auth.NONE : FileLink.Auth.DATASTORE;
    return new FileLink(link.url(), auth, file.record(), FileLinks.wirePath(file.record()));
  }

  /// Redirects to the one file of a dataset, or to that of a component.
  void download(Exchange exchange, ServedRepository repository) throws IOException {
    UUID id = Paths.id(exchange);
    Optional<String> component = exchange.query("component");
    DatasetFiles found =
        repository
            .butler()
            .files()
            .find(id)
            .orElseThrow(() -> HttpProblem.of(404, dataset(id, repository) + " not found"));
    List<StoredFile> files = repository.datastores().serving(found.files());
    StoredFile file = choose(files, component, id, repository);
    FileAccessLog.log(exchange, found.ref(), "uuid-redirect");
    exchange.setHeader("Location", link(file, repository, exchange.publicBase()).url());
    exchange.answerEmpty(307);
  }

  private static StoredFile choose(
      List<StoredFile> files, Optional<String> component, UUID id, ServedRepository repository) {
    if (files.isEmpty()) {
      throw HttpProblem.of(404, "No files are available for " + dataset(id, repository));
    }
    @Nullable String wanted = component.orElse(null);
    return files.stream()
        .filter(file -> Objects.equals(file.record().component(), wanted))
        .findFirst()
        .orElseThrow(() -> notChosen(files, wanted, id, repository));
  }

  private static HttpProblem notChosen(
      List<StoredFile> files, @Nullable String wanted, UUID id, ServedRepository repository) {
    String known =
        files.stream()
            .map(file -> file.record().component())
            .map(name -> name == null ? "none" : "'" + name + "'")
            .sorted()
            .toList()
            .toString();
    return wanted == null
        ? HttpProblem.of(
            422,
            dataset(id, repository)
                + " has several files; name one of the components "
                + known
                + " as the query parameter 'component'")
        : HttpProblem.of(
            404,
            "Component '"
                + wanted
                + "' of "
                + dataset(id, repository)
                + " not found; its components are "
                + known);
  }

  private static String dataset(UUID id, ServedRepository repository) {
    return "Dataset id '" + id + "' in repository '" + repository.label() + "'";
  }

  /// Where another repository can copy files from, for longer than a link works: addresses of
  /// [#download], for which the user's token is needed.
  void transfer(Exchange exchange, ServedRepository repository) throws IOException {
    List<UUID> ids = repository.reader().datasetIds(exchange.body());
    String base = exchange.publicBase();
    Map<UUID, List<FileLink>> transfers = new LinkedHashMap<>();
    repository
        .butler()
        .files()
        .findAll(ids)
        .forEach(
            (id, files) -> {
              List<StoredFile> serving = repository.datastores().serving(files);
              if (!serving.isEmpty()) {
                transfers.put(
                    id, serving.stream().map(f -> transferLink(f, id, repository, base)).toList());
              }
            });
    exchange.json(repository.writer().transfers(transfers));
  }

  private FileLink transferLink(
      StoredFile file, UUID id, ServedRepository repository, String base) {
    return switch (mode) {
      case UNMODIFIED -> wire(file, link(file, repository, base));
      case SIGNED ->
          new FileLink(
              downloadUrl(file, id, repository, base),
              FileLink.Auth.GAFAELFAWR,
              file.record(),
              FileLinks.wirePath(file.record()));
    };
  }

  private static String downloadUrl(
      StoredFile file, UUID id, ServedRepository repository, String base) {
    String component = file.record().component();
    return base
        + "/api/butler/repo/"
        + PercentCoding.encodeSegment(repository.label())
        + "/v1/dataset/"
        + id
        + "/download"
        + (component == null ? "" : "?component=" + PercentCoding.encodeSegment(component));
  }
}
