package equerry.direct.exchange.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import equerry.api.collection.CollectionType;
import equerry.api.error.ButlerException;
import equerry.api.time.Timespan;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
  private static final UUID ID = UUID.fromString("01a20b4e-0b18-7bb5-91f7-b2d43c213d0c");

  @Test
  void headers() {
    assertThat(DocumentHeader.read(source("version: 0\ndata: []\n")))
        .isEqualTo(new DocumentHeader(0, "daf_butler"));
    assertThat(
            DocumentHeader.read(
                source("data: []\nuniverse_version: 7\nuniverse_namespace: x\nversion: 1.0.9\n")))
        .isEqualTo(new DocumentHeader(7, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.0", "2.0.0", "0.9.0"})
  void otherVersionsAreRefused(String version) {
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> DocumentHeader.read(source("version: " + version + "\n")))
        .withMessageContaining("has version " + version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: []", "version: 1.0\n", "version: x", "version: [1]", "version: 5"})
  void whatIsNoExport(String text) {
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> DocumentHeader.read(source(text)))
        .withMessageContaining("no export");
  }

  @Test
  void oldForms() {
    String text =
        """
        version: 0
        data:
        - {type: run, name: r}
        - type: collection
          collection_type: CHAINED
          name: c
          children: [a, [b, null]]
        - type: dataset
          dataset_type: bias
          run: r
          records:
          - {dataset_id: 5, data_id: {detector: 1}, path: p}
        - type: associations
          collection: k
          collection_type: CALIBRATION
          validity_ranges:
          - begin: null
            end: !butler_time/tai/iso '1970-01-01 00:00:01.000000000'
            dataset_ids: [5]
        """;
    // uuid.uuid3(uuid.UUID("4d4851f4-2890-4d41-8779-5f38a3f5062b"), "5")
    UUID five = UUID.fromString("24b52007-e319-322e-964e-6b57fe0d1508");
    assertThat(parts(text))
        .containsExactly(
            new Part.Definition("r", CollectionType.RUN, null, List.of()),
            new Part.Definition("c", CollectionType.CHAINED, null, List.of("a", "b")),
            new Part.Datasets(
                "bias",
                "r",
                List.of(new Part.File("p", List.of(five), List.of(Map.of("detector", 1L)), null))),
            new Part.Certified("k", new Timespan(0, 1_000_000_000L), List.of(five)));
  }

  @Test
  void keysInAnyOrder() {
    String text =
        """
        data:
        - records: [{name: Cam}]
          element: instrument
          type: dimension
        - dataset_ids: [!uuid 01a20b4e-0b18-7bb5-91f7-b2d43c213d0c]
          collection: t
          collection_type: TAGGED
          type: associations
        more: [1, {a: 2}]
        version: 1.0.2
        """;
    assertThat(parts(text))
        .containsExactly(
            new Part.Records("instrument", List.of(Map.of("name", "Cam"))),
            new Part.Members("t", List.of(ID)));
  }

  @Test
  void longListsComeInPieces() {
    StringBuilder text =
        new StringBuilder("data:\n- type: dimension\n  element: detector\n  records:\n");
    for (int i = 0; i < 2 * DocumentReader.ITEMS + 1; i++) {
      text.append("  - {id: ").append(i).append("}\n");
    }
    List<Part> parts = parts(text.toString());
    assertThat(parts).hasSize(3);
    assertThat(((Part.Records) parts.getLast()).rows())
        .containsExactly(Map.of("id", 2L * DocumentReader.ITEMS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: 5",
        "data: [5]",
        "data: [{type: nothing}]",
        "data: [{type: dimension, records: [{name: x}]}]",
        "data: [{type: dimension, element: x, records: [5]}]",
        "data: [{type: dataset, dataset_type: x, run: r, records: [{dataset_id: [], data_id: []}]}]",
        "data: [{type: dataset, dataset_type: x, run: r, records: [{dataset_id: x, data_id: {}}]}]",
        "data: [{type: associations, collection: c, collection_type: RUN, dataset_ids: [5]}]",
        "data: [{type: collection, name: c, collection_type: HEAP}]",
        "data: []\n---\ndata: []",
        "nothing: 1"
      })
  void malformedDocumentsAreRefused(String text) {
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> parts(text))
        .withMessageContaining("line");
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    try (DocumentReader reader = DocumentReader.open(source(text))) {
      reader.forEach(parts::add);
    }
    return parts;
  }

  private static DocumentSource source(String text) {
    return new DocumentSource() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public Reader open() {
        return new StringReader(text);
      }
    };
  }
}
