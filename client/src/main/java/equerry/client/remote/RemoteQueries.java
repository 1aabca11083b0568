package equerry.client.remote;

import equerry.api.dataset.DatasetTypes;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.query.AllDatasets;
import equerry.api.query.Queries;
import equerry.api.query.Query;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.api.query.ResultStream;
import equerry.client.wire.AnswerReader;
import equerry.client.wire.AnswerRows;
import equerry.client.wire.RequestWriter;
import java.io.InputStream;
import java.util.List;

/// Queries that a server answers.
///
/// What a server finds wrong with a query may show only when its rows are read: the protocol
/// promises an answer before the query runs.
final class RemoteQueries implements Queries {
  private final Server server;
  private final RequestWriter requests;
  private final AnswerReader answers;
  private final AnswerRows rows;
  private final DatasetTypes types;

  RemoteQueries(
      Server server,
      RequestWriter requests,
      AnswerReader answers,
      AnswerRows rows,
      DatasetTypes types) {
    this.server = server;
    this.requests = requests;
    this.answers = answers;
    this.rows = rows;
    this.types = types;
  }

  @Override
  public ResultRows execute(Query query, ResultSpec spec) {
    if (spec instanceof ResultSpec.Refs refs) {
      return refs(query, refs);
    }
    List<ResultColumn> columns = AnswerRows.columns(spec, types::load);
    InputStream stream = server.stream("v1/query/execute", requests.execute(query, spec));
    return new RemoteRows(columns, rows.rows(spec, columns, stream));
  }

  private ResultRows refs(Query query, ResultSpec.Refs spec) {
    ResultSpec.Refs complete = withStorageClass(spec);
    InputStream stream = server.stream("v1/query/execute", requests.execute(query, complete));
    Expansion expansion = spec.withRecords() ? Expansion.RECORDS : Expansion.NONE;
    return new RemoteRefs(
        new RefStream(rows.refs(expansion, stream)), () -> types.load(spec.typeName()), expansion);
  }

  /// Servers of other makes insist on a storage class.
  private ResultSpec.Refs withStorageClass(ResultSpec.Refs spec) {
    return spec.storageClass() == null
        ? new ResultSpec.Refs(
            spec.typeName(),
            spec.dimensions(),
            types.load(spec.typeName()).storageClass(),
            spec.withRecords(),
            spec.findFirst(),
            spec.options())
        : spec;
  }

  @Override
  public long count(Query query, ResultSpec spec, Counting counting) {
    ResultSpec complete = spec instanceof ResultSpec.Refs refs ? withStorageClass(refs) : spec;
    return server.post("v1/query/count", requests.count(query, complete, counting), answers::count);
  }

  @Override
  public boolean any(Query query, Checking checking) {
    return server.post("v1/query/any", requests.any(query, checking), answers::any);
  }

  @Override
  public List<String> explain(Query query) {
    return server.post("v1/query/explain", requests.explain(query), answers::explanation);
  }

  @Override
  public ResultStream<ResultRows> allDatasets(AllDatasets search) {
    InputStream stream = server.stream("v1/query/all_datasets", requests.allDatasets(search));
    Expansion expansion = search.withRecords() ? Expansion.RECORDS : Expansion.NONE;
    return new RemoteTypes(new RefStream(rows.refs(expansion, stream)), expansion);
  }
}
