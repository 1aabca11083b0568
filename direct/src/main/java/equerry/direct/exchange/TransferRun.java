package equerry.direct.exchange;

import equerry.api.WritableButler;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.DatasetTypes;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.api.file.FileSource.Lifetime;
import equerry.api.file.FileSource.Located;
import equerry.api.file.ReceivedDataset;
import equerry.api.file.TransferMode;
import equerry.api.query.ResultStream;
import equerry.api.transfer.TransferListener;
import equerry.api.transfer.TransferListener.Step;
import equerry.api.transfer.TransferReport;
import equerry.api.transfer.TransferRequest;
import equerry.direct.SeenIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Takes over datasets of another repository (see
/// [equerry.api.transfer.Arrivals#transferFrom]).
final class TransferRun {
  /// How many datasets are one transaction.
  static final int PAGE = 2_000;

  private final WritableButler target;
  private final TransferRequest request;
  private final TransferListener listener;
  private final Effect effect;
  private final Conforming conforming;
  private final SeenIds seen = new SeenIds();
  private long datasets;
  private long files;
  private long skipped;

  /// Whether anything is written.
  enum Effect {
    WRITE,
    REHEARSE
  }

  TransferRun(
      WritableButler target, TransferRequest request, TransferListener listener, Effect effect) {
    this.target = target;
    this.request = request;
    this.listener = listener;
    this.effect = effect;
    this.conforming = new Conforming(target.universe());
  }

  TransferReport run() {
    if (request.mode() == TransferMode.DIRECT && request.files().lifetime() == Lifetime.MINUTES) {
      throw new ButlerException.Invalid(
          ErrorCode.MALFORMED,
          "The links of a server are valid for minutes, so datasets cannot be transferred by"
              + " reference from it; use copy.");
    }
    Expansion expansion =
        request.records() == TransferRequest.Records.TRANSFER ? Expansion.RECORDS : Expansion.NONE;
    for (DatasetType type : request.datasets().types()) {
      try (ResultStream<DatasetRef> refs = request.datasets().stream(type, expansion)) {
        List<DatasetRef> page = new ArrayList<>(PAGE);
        for (DatasetRef ref : refs) {
          if (seen.add(ref.id())) {
            page.add(ref);
          }
          if (page.size() == PAGE) {
            transfer(page);
            page.clear();
          }
        }
        transfer(page);
      }
    }
    return new TransferReport(datasets, files, skipped);
  }

  private void transfer(List<DatasetRef> page) {
    Map<UUID, List<Located>> located =
        page.isEmpty()
            ? Map.of()
            : request.files().find(page.stream().map(DatasetRef::id).toList());
    List<DatasetRef> stored = page.stream().filter(ref -> located.containsKey(ref.id())).toList();
    skipped += page.size() - stored.size();
    if (stored.isEmpty()) {
      return;
    }
    TransferPage made = page(stored, located);
    if (effect == Effect.WRITE) {
      target.<Boolean>write(
          changes -> {
            made.write(changes, request.mode());
            return true;
          });
      Milestone.TRANSFER_PAGE_COMMITTED.passed();
    }
    datasets += stored.size();
    files += made.files().size();
    listener.advanced(Step.DATASETS, datasets, -1);
  }

  private TransferPage page(List<DatasetRef> stored, Map<UUID, List<Located>> located) {
    DatasetType type = conforming.type(stored.getFirst().type());
    List<DatasetRef> refs = stored.stream().map(ref -> conforming.ref(ref, type)).toList();
    Set<UUID> present = target.files().findAll(refs.stream().map(DatasetRef::id).toList()).keySet();
    List<ReceivedDataset> missing =
        refs.stream()
            .filter(ref -> !present.contains(ref.id()))
            .map(ref -> new ReceivedDataset(ref, located.getOrDefault(ref.id(), List.of())))
            .toList();
    return new TransferPage(newTypes(type), runs(refs), records(stored), refs, missing);
  }

  private List<DatasetType> newTypes(DatasetType type) {
    DatasetTypes.Matches known = target.datasetTypes().search(List.of(type.name()));
    if (known.found().isEmpty()) {
      if (request.types() == TransferRequest.Types.REFUSE) {
        throw new ButlerException.NotFound(
            ErrorCode.MISSING_DATASET_TYPE,
            "The repository has no dataset type '"
                + type.name()
                + "'; register it, or let the transfer register it.");
      }
      return List.of(type);
    }
    if (!known.found().getFirst().equals(type)) {
      throw new ButlerException.Conflict(
          ErrorCode.CONFLICT,
          "Dataset type '%s' is %s in the source, but %s here."
              .formatted(type.name(), shown(type), shown(known.found().getFirst())));
    }
    return List.of();
  }

  private static String shown(DatasetType type) {
    return "%s of %s%s"
        .formatted(
            type.storageClass(),
            type.dimensions().names(),
            type.isCalibration() ? " (a calibration)" : "");
  }

  private Map<String, String> runs(List<DatasetRef> refs) {
    Map<String, String> docs = new LinkedHashMap<>();
    refs.stream()
        .map(DatasetRef::run)
        .distinct()
        .sorted()
        .forEach(run -> docs.put(run, request.source().collections().load(run).doc()));
    return docs;
  }

  private Map<DimensionElement, List<DimensionRecord>> records(List<DatasetRef> stored) {
    if (request.records() == TransferRequest.Records.EXPECT) {
      return Map.of();
    }
    RecordCollector collector = new RecordCollector(request.source());
    stored.forEach(collector::add);
    return conforming.records(collector.finish());
  }
}
