package equerry.client.remote;

import equerry.api.dataset.DatasetType;
import equerry.api.dataset.DatasetTypes;
import equerry.client.wire.AnswerReader;
import equerry.client.wire.RequestWriter;
import java.util.List;

/// The dataset types of a remote repository.
final class RemoteDatasetTypes implements DatasetTypes {
  private final Server server;
  private final RequestWriter requests;
  private final AnswerReader answers;

  RemoteDatasetTypes(Server server, RequestWriter requests, AnswerReader answers) {
    this.server = server;
    this.requests = requests;
    this.answers = answers;
  }

  @Override
  public DatasetType load(String name) {
    return server.get("v1/dataset_type/" + Server.segment(name), answers::datasetType);
  }

  /// The stock server lists a type once for each part of the expression that it fits.
  @Override
  public Matches search(List<String> expression) {
    Matches matches =
        server.post(
            "v1/query_dataset_types", requests.datasetTypes(expression), answers::datasetTypes);
    return new Matches(matches.found().stream().distinct().toList(), matches.missing());
  }
}
