package equerry.client.remote;

import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.Datasets;
import equerry.client.wire.AnswerReader;
import equerry.client.wire.RequestWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Single datasets and data IDs of a remote repository.
final class RemoteDatasets implements Datasets {
  private final Server server;
  private final RequestWriter requests;
  private final AnswerReader answers;
  private final int idsPerRequest;

  RemoteDatasets(Server server, RequestWriter requests, AnswerReader answers, int idsPerRequest) {
    this.server = server;
    this.requests = requests;
    this.answers = answers;
    this.idsPerRequest = idsPerRequest;
  }

  @Override
  public Optional<DatasetRef> find(DatasetLookup lookup, Expansion expansion) {
    return server.post(
        "v1/find_dataset",
        requests.findDataset(lookup, expansion),
        body -> answers.dataset(body, expansion));
  }

  @Override
  public Optional<DatasetRef> find(UUID id, Expansion expansion) {
    boolean expanded = expansion == Expansion.RECORDS;
    return server.get(
        "v1/dataset/" + id + "?dimension_records=" + expanded,
        body -> answers.dataset(body, expansion));
  }

  @Override
  public List<DatasetRef> findAll(List<UUID> ids) {
    List<DatasetRef> found = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += idsPerRequest) {
      List<UUID> part = ids.subList(from, Math.min(ids.size(), from + idsPerRequest));
      found.addAll(server.post("v1/datasets", requests.datasetIds(part), answers::datasets));
    }
    return found;
  }

  @Override
  public ExpandedDataId expand(Map<String, Object> dataId) {
    return server.post("v1/expand_data_id", requests.expandDataId(dataId), answers::expandedDataId);
  }
}
