package equerry.client.remote;

import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionSearch.Detail;
import equerry.api.collection.CollectionSummary;
import equerry.api.collection.CollectionType;
import equerry.api.collection.Collections;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.client.wire.AnswerReader;
import equerry.client.wire.RequestWriter;
import java.util.List;
import java.util.Set;

/// The collections of a remote repository.
final class RemoteCollections implements Collections {
  private final Server server;
  private final RequestWriter requests;
  private final AnswerReader answers;

  RemoteCollections(Server server, RequestWriter requests, AnswerReader answers) {
    this.server = server;
    this.requests = requests;
    this.answers = answers;
  }

  @Override
  public List<CollectionInfo> search(CollectionSearch search) {
    return server.post(
        "v1/query_collection_info", requests.collectionInfo(search), answers::collections);
  }

  /// The protocol has only searches; one for a name with glob characters finds others than it.
  @Override
  public CollectionInfo load(String name) {
    CollectionSearch search =
        new CollectionSearch(
            List.of(name),
            Set.of(CollectionType.values()),
            new CollectionSearch.Chains(false, true),
            Set.of(Detail.DOC, Detail.PARENTS),
            null);
    return search(search).stream()
        .filter(info -> info.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ButlerException.NotFound(
                    ErrorCode.MISSING_COLLECTION, "No collection with name '" + name + "' found."));
  }

  @Override
  public CollectionSummary loadSummary(String name) {
    return server.get("v1/collection_summary?name=" + Server.query(name), answers::summary);
  }
}
