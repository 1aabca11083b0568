package equerry.server.handler;

import equerry.datastore.link.FileLinks;
import equerry.datastore.link.LinkMode;
import equerry.datastore.local.LocalFiles;
import equerry.datastore.local.SignedPaths;
import equerry.server.http.Admission;
import equerry.server.http.Route;
import equerry.server.identity.AccessPolicy;
import equerry.server.observe.Metrics;
import equerry.server.repository.Repositories;
import equerry.server.settings.Authentication;
import equerry.server.stream.QueryStreams;
import equerry.server.stream.TableStreams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All paths of the server.
public final class Routes {
  private static final String V1 = Paths.REPOSITORY + "/v1/";

  private final AccessPolicy access;
  private final Repositories repositories;
  private final List<Route> routes = new ArrayList<>();

  private Routes(AccessPolicy access, Repositories repositories) {
    this.access = access;
    this.repositories = repositories;
  }

  /// What the handlers need.
  ///
  /// @param links makes links to files
  /// @param linkMode what kind of links
  /// @param signedPaths reads the links that are paths of this server
  /// @param localFiles finds the files behind them
  public record FileParts(
      FileLinks links, LinkMode linkMode, SignedPaths signedPaths, LocalFiles localFiles) {}

  /// What answers with all rows of a query.
  public record StreamParts(QueryStreams lines, TableStreams tables) {}

  /// The server's view of itself.
  public record ServiceParts(
      Authentication authentication,
      String version,
      Admission admission,
      Metrics metrics,
      Optional<Path> staticFiles) {}

  public static List<Route> of(
      AccessPolicy access,
      Repositories repositories,
      StreamParts streams,
      FileParts files,
      ServiceParts service) {
    Routes routes = new Routes(access, repositories);
    routes.addService(service);
    routes.addLookups();
    routes.addQueries(streams);
    routes.addFiles(files);
    return List.copyOf(routes.routes);
  }

  private void addService(ServiceParts service) {
    ServiceHandlers about = new ServiceHandlers(service.authentication(), service.version());
    HealthHandlers health = new HealthHandlers(service.admission());
    routes.add(Route.probe("/", about::index));
    routes.add(Route.probe("/health/live", health::live));
    routes.add(Route.probe("/health/ready", health::ready));
    routes.add(Route.probe("/metrics", service.metrics()::answer));
    routes.add(Route.get(Paths.REPOSITORY + "/butler.yaml", about::clientConfiguration));
    routes.add(Route.get(Paths.REPOSITORY + "/butler.json", about::clientConfiguration));
    service
        .staticFiles()
        .ifPresent(
            directory ->
                routes.add(
                    Route.get(Paths.CONFIGS + "/{file…}", new StaticFileHandler(directory))));
  }

  private void addLookups() {
    get("universe", LookupHandlers::universe);
    get("dataset_type/{name}", LookupHandlers::datasetType);
    get("dataset/{id}", LookupHandlers::dataset);
    get("collection_info", LookupHandlers::collectionInfo);
    get("collection_summary", LookupHandlers::collectionSummary);
    post("datasets", LookupHandlers::datasets);
    post("find_dataset", LookupHandlers::findDataset);
    post("expand_data_id", LookupHandlers::expandDataId);
    post("query_collections", LookupHandlers::queryCollections);
    post("query_collection_info", LookupHandlers::queryCollectionInfo);
    post("query_dataset_types", LookupHandlers::queryDatasetTypes);
  }

  private void addQueries(StreamParts streams) {
    post("query/execute", streams.lines()::execute);
    post("query/all_datasets", streams.lines()::allDatasets);
    post("query/table", streams.tables()::answer);
    post("query/count", LookupHandlers::count);
    post("query/any", LookupHandlers::any);
    post("query/explain", LookupHandlers::explain);
  }

  private void addFiles(FileParts parts) {
    FileHandlers files = new FileHandlers(parts.links(), parts.linkMode());
    get("get_file/{id}", files::byId);
    post("get_file_by_data_id", files::byDataId);
    get("dataset/{id}/download", files::download);
    post("file_transfer", files::transfer);
    routes.add(
        Route.get(
            SignedPaths.PREFIX + "{path…}",
            new SignedFileHandler(parts.signedPaths(), parts.localFiles(), repositories)));
  }

  private void get(String path, RepositoryHandler.Endpoint endpoint) {
    routes.add(Route.get(V1 + path, new RepositoryHandler(access, repositories, endpoint)));
  }

  private void post(String path, RepositoryHandler.Endpoint endpoint) {
    routes.add(Route.post(V1 + path, new RepositoryHandler(access, repositories, endpoint)));
  }
}
