package equerry.server.handler;

import equerry.api.collection.CollectionInfo;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.Datasets;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.client.wire.WireReader;
import equerry.server.http.Exchange;
import equerry.server.repository.ServedRepository;
import java.io.IOException;
import java.util.function.UnaryOperator;

/// Single look-ups: the universe, dataset types, datasets, data IDs, collections, and the questions
/// about queries that have one answer.
final class LookupHandlers {
  private LookupHandlers() {}

  static void universe(Exchange exchange, ServedRepository repository) throws IOException {
    exchange.json(repository.universe());
  }

  static void datasetType(Exchange exchange, ServedRepository repository) throws IOException {
    exchange.json(
        repository.writer().datasetType(NamedType.of(Paths.name(exchange)).load(repository)));
  }

  static void queryDatasetTypes(Exchange exchange, ServedRepository repository) throws IOException {
    exchange.json(
        repository
            .writer()
            .datasetTypes(
                repository
                    .butler()
                    .datasetTypes()
                    .search(repository.reader().datasetTypes(exchange.body()))));
  }

  static void dataset(Exchange exchange, ServedRepository repository) throws IOException {
    Datasets.Expansion expansion =
        exchange.flag("dimension_records") ? Datasets.Expansion.RECORDS : Datasets.Expansion.NONE;
    exchange.json(
        repository
            .writer()
            .dataset(repository.butler().datasets().find(Paths.id(exchange), expansion)));
  }

  static void datasets(Exchange exchange, ServedRepository repository) throws IOException {
    exchange.json(
        repository
            .writer()
            .datasets(
                repository
                    .butler()
                    .datasets()
                    .findAll(repository.reader().datasetIds(exchange.body()))));
  }

  static void findDataset(Exchange exchange, ServedRepository repository) throws IOException {
    WireReader.FindDataset request = repository.reader().findDataset(exchange.body());
    NamedType named = NamedType.of(request.lookup().datasetType());
    UnaryOperator<DatasetRef> part = named.part(repository);
    exchange.json(
        repository
            .writer()
            .dataset(
                repository
                    .butler()
                    .datasets()
                    .find(request.lookup().of(named.whole()), request.expansion())
                    .map(part)));
  }

  static void expandDataId(Exchange exchange, ServedRepository repository) throws IOException {
    exchange.json(
        repository
            .writer()
            .expandedDataId(
                repository
                    .butler()
                    .datasets()
                    .expand(repository.reader().expandDataId(exchange.body()))));
  }

  static void collectionInfo(Exchange exchange, ServedRepository repository) throws IOException {
    CollectionInfo info = repository.butler().collections().load(collectionName(exchange));
    exchange.json(
        repository
            .writer()
            .collection(
                info,
                exchange.flag("include_doc") ? info.doc() : null,
                exchange.flag("include_parents") ? info.parents() : null));
  }

  static void collectionSummary(Exchange exchange, ServedRepository repository) throws IOException {
    exchange.json(
        repository
            .writer()
            .summary(repository.butler().collections().loadSummary(collectionName(exchange))));
  }

  private static String collectionName(Exchange exchange) {
    return exchange
        .query("name")
        .orElseThrow(
            () ->
                new ButlerException.Invalid(
                    ErrorCode.MALFORMED, "query: the parameter 'name' is required"));
  }

  static void queryCollections(Exchange exchange, ServedRepository repository) throws IOException {
    exchange.json(
        repository
            .writer()
            .collectionNames(
                repository
                    .butler()
                    .collections()
                    .search(repository.reader().collectionNames(exchange.body()))));
  }

  static void queryCollectionInfo(Exchange exchange, ServedRepository repository)
      throws IOException {
    exchange.json(
        repository
            .writer()
            .collections(
                repository
                    .butler()
                    .collections()
                    .search(repository.reader().collectionInfo(exchange.body()))));
  }

  static void count(Exchange exchange, ServedRepository repository) throws IOException {
    WireReader.Count request = repository.reader().count(exchange.body());
    exchange.json(
        repository
            .writer()
            .count(
                repository
                    .butler()
                    .queries()
                    .count(request.query(), request.spec(), request.counting())));
  }

  static void any(Exchange exchange, ServedRepository repository) throws IOException {
    WireReader.Any request = repository.reader().any(exchange.body());
    exchange.json(
        repository
            .writer()
            .any(repository.butler().queries().any(request.query(), request.checking())));
  }

  static void explain(Exchange exchange, ServedRepository repository) throws IOException {
    exchange.json(
        repository
            .writer()
            .explanation(
                repository
                    .butler()
                    .queries()
                    .explain(repository.reader().explain(exchange.body()))));
  }
}
