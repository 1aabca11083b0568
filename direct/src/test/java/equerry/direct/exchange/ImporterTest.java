package equerry.direct.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.query.ResultStream;
import equerry.api.selection.GeneralRow;
import equerry.api.selection.Selection.Search;
import equerry.api.transfer.ImportReport;
import equerry.api.transfer.ImportRequest;
import equerry.api.transfer.ImportRequest.Ingestion;
import equerry.api.transfer.TransferListener;
import equerry.direct.DirectButler;
import equerry.direct.WritableDirectButler;
import equerry.direct.create.NewRepository;
import equerry.direct.exchange.Importer.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {
  private static final int DETECTORS = 40;
  private static final Sizes AT_ONCE = new Sizes(1_000, 10);
  private static final Sizes BY_PARTS = new Sizes(0, 10);

  @TempDir private Path folder;
  private WritableDirectButler butler;

  @SuppressWarnings("NullAway.Init")
  ImporterTest() {}

  @BeforeEach
  void open() {
    Path root = folder.resolve("repository");
    NewRepository.at(root).create(Map.of());
    butler = DirectButler.openForWriting(root.toString(), DirectButler.Options.defaults());
  }

  @AfterEach
  void close() {
    assertThat(butler.readable().busyConnections()).isZero();
    butler.close();
  }

  @Test
  void atOnce() {
    assertThat(load(document(DETECTORS), AT_ONCE, TransferListener.NONE))
        .isEqualTo(new ImportReport(DETECTORS + 1, DETECTORS, 2 * DETECTORS));
    assertComplete();
  }

  @Test
  void byParts() {
    load(document(DETECTORS), BY_PARTS, TransferListener.NONE);
    assertComplete();
  }

  @Test
  void againChangesNothing() {
    for (Sizes sizes : List.of(BY_PARTS, AT_ONCE, BY_PARTS)) {
      load(document(DETECTORS), sizes, TransferListener.NONE);
    }
    assertComplete();
  }

  @Test
  void goesOnAfterAnInterruptionAtAnyStep() {
    for (TransferListener.Step step : TransferListener.Step.values()) {
      TransferListener stop =
          new TransferListener() {
            @Override
            public void advanced(Step at, long done, long total) {
              if (at == step) {
                throw new IllegalStateException("stopped");
              }
            }
          };
      if (step != TransferListener.Step.FILES) {
        assertThatThrownBy(() -> load(document(DETECTORS), BY_PARTS, stop)).hasMessage("stopped");
      }
    }
    load(document(DETECTORS), BY_PARTS, TransferListener.NONE);
    assertComplete();
  }

  @Test
  void aFaultAtTheEndOfADocumentChangesNothing() {
    String text = document(DETECTORS) + "- {type: nothing}\n";
    assertThatThrownBy(() -> load(text, BY_PARTS, TransferListener.NONE))
        .isInstanceOf(ButlerException.Invalid.class);
    assertThat(butler.datasetTypes().search(List.of("*")).found()).isEmpty();
    assertThat(butler.query().records("instrument").list()).isEmpty();
  }

  @Test
  void anUnknownDatasetInACollection() {
    String text =
        document(1)
            + """
            - type: associations
              collection: tagged
              collection_type: TAGGED
              dataset_ids: [!uuid 'ffffffff-0b18-7bb5-91f7-b2d43c213d0c']
            """;
    assertThatThrownBy(() -> load(text, AT_ONCE, TransferListener.NONE))
        .isInstanceOf(ButlerException.NotFound.class)
        .hasMessageContaining("ffffffff");
    assertThat(butler.datasetTypes().search(List.of("*")).found()).isEmpty();
  }

  private void assertComplete() {
    List<DatasetRef> refs = butler.query().refs("bias", "run").list();
    assertThat(refs).hasSize(DETECTORS);
    assertThat(butler.query().refs("bias", "tagged").list()).hasSize(DETECTORS);
    assertThat(butler.collections().load("chain").children()).containsExactly("tagged", "run");
    List<GeneralRow> rows = new ArrayList<>();
    try (ResultStream<GeneralRow> stream =
        butler
            .query()
            .joinDatasets("bias", "calibs")
            .general(List.of("detector"), Search.ALL, "bias.dataset_id", "bias.timespan")
            .stream()) {
      stream.forEach(rows::add);
    }
    assertThat(rows).hasSize(DETECTORS);
  }

  private ImportReport load(String text, Sizes sizes, TransferListener listener) {
    Path file = folder.resolve("export.yaml");
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    ImportRequest request = new ImportRequest(file, new Ingestion.Skip(), List.of());
    return new Importer(butler, request, listener, sizes).run();
  }

  /// A document with a bias for each of some detectors, tagged and certified.
  private static String document(int detectors) {
    StringBuilder records = new StringBuilder();
    StringBuilder datasets = new StringBuilder();
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < detectors; i++) {
      String id = "!uuid '01a20b4e-0b18-7bb5-91f7-%012d'".formatted(i);
      records.append("  - {instrument: Cam, id: %d, full_name: d%d}\n".formatted(i, i));
      datasets
          .append("  - {dataset_id: [")
          .append(id)
          .append("], data_id: [{instrument: Cam, detector: ")
          .append(i)
          .append("}]}\n");
      ids.append("    - ").append(id).append('\n');
    }
    return """
        version: 1.0.2
        universe_version: 8
        universe_namespace: daf_butler
        data:
        - type: dimension
          element: instrument
          records:
          - {name: Cam, class_name: x, detector_max: 100}
        - type: dimension
          element: detector
          records:
        %s- {type: collection, collection_type: RUN, name: run, host: null}
        - {type: collection, collection_type: TAGGED, name: tagged}
        - {type: collection, collection_type: CALIBRATION, name: calibs}
        - {type: collection, collection_type: CHAINED, name: chain, children: [tagged, run]}
        - type: dataset_type
          name: bias
          dimensions: [instrument, detector]
          storage_class: Exposure
          is_calibration: true
        - type: dataset
          dataset_type: bias
          run: run
          records:
        %s- type: associations
          collection: tagged
          collection_type: TAGGED
          dataset_ids:
        %s- type: associations
          collection: calibs
          collection_type: CALIBRATION
          validity_ranges:
          - timespan: !lsst.daf.butler.Timespan {begin: null, end: null}
            dataset_ids:
        %s"""
        .formatted(records, datasets, ids, ids);
  }
}
