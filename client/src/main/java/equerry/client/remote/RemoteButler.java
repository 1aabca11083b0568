package equerry.client.remote;

import equerry.api.Butler;
import equerry.api.collection.Collections;
import equerry.api.dataset.DatasetTypes;
import equerry.api.dataset.Datasets;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.query.Queries;
import equerry.client.wire.AnswerReader;
import equerry.client.wire.AnswerRows;
import equerry.client.wire.RequestWriter;
import equerry.client.wire.WireLimits;
import java.net.URI;

/// A butler behind a server of the butler protocol.
///
/// Every view asks the server anew, so that answers are as fresh as the server's; only the universe,
/// which never changes, is kept. Rows of queries are read from the network while they are used: a
/// caller that is slow slows the server down, one that closes early makes it stop. A stream that is
/// cut is an error ([ButlerException.Unavailable]), never a short answer.
///
/// The protocol does not say in which datastore a file is; [equerry.api.file.StoredFile#datastore]
/// is [RemoteFiles#DATASTORE] for all of them. A storage class or record that the server reports is
/// taken as it is.
public final class RemoteButler implements Butler {
  private static final WireLimits LIMITS = WireLimits.DEFAULT;

  private final Transport transport;
  private final DimensionUniverse universe;
  private final Collections collections;
  private final DatasetTypes datasetTypes;
  private final Datasets datasets;
  private final Queries queries;
  private final RemoteFiles files;

  private RemoteButler(Transport transport, Server server, Options options) {
    this.transport = transport;
    this.universe = server.get("v1/universe", body -> AnswerReader.universe(body, LIMITS));
    RequestWriter requests = new RequestWriter(options.conditionParts());
    AnswerReader answers = new AnswerReader(universe, LIMITS);
    this.collections = new RemoteCollections(server, requests, answers);
    this.datasetTypes = new RemoteDatasetTypes(server, requests, answers);
    this.datasets = new RemoteDatasets(server, requests, answers, LIMITS.idsPerRequest());
    this.queries =
        new RemoteQueries(
            server, requests, answers, new AnswerRows(universe, LIMITS), datasetTypes);
    this.files = new RemoteFiles(server, requests, answers, LIMITS.idsPerRequest());
  }

  /// Opens a repository: reads its client configuration and its universe.
  ///
  /// @param repository the repository's URL, such as `https://host/api/butler/repo/dp1`, with or
  ///     without a slash or `butler.yaml` at its end
  /// @throws ButlerException.Unavailable when no butler server answers there
  /// @throws ButlerException.Denied when the server wants a token, or another one
  /// @throws ButlerException.Invalid (configuration) for a URL that is not `http(s)`
  public static RemoteButler open(URI repository, Options options) {
    Transport transport = new Transport(options);
    boolean opened = false;
    try {
      ServerAddress address = ServerAddress.find(repository, transport, options);
      Credentials credentials = Credentials.of(address.base(), address.authentication(), options);
      Server server = new Server(transport, address.base(), credentials, options);
      RemoteButler butler = new RemoteButler(transport, server, options);
      opened = true;
      return butler;
    } finally {
      if (!opened) {
        transport.close();
      }
    }
  }

  @Override
  public DimensionUniverse universe() {
    return universe;
  }

  @Override
  public Collections collections() {
    return collections;
  }

  @Override
  public DatasetTypes datasetTypes() {
    return datasetTypes;
  }

  @Override
  public Datasets datasets() {
    return datasets;
  }

  @Override
  public Queries queries() {
    return queries;
  }

  /// The files of datasets, with links to them.
  @Override
  public RemoteFiles files() {
    return files;
  }

  /// How many answers are being read now: none when nothing is asked and no stream is open.
  public int openAnswers() {
    return transport.inUse();
  }

  @Override
  public void close() {
    transport.close();
  }
}
