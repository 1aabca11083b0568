package equerry.registry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names as the stock package has them in PostgreSQL.
class ShortNamesTest {

  @ParameterizedTest
  @CsvSource({
    "dataset_type_unq_name, dataset_type_unq_name",
    "fkey_visit_definition_visit_instrument_id_instrument_visit,"
        + " fkey_visit_definition_visit_instrument_id_instrument_visit",
    "fkey_dataset_tags_00000002_detector_instrument_id_instrument_detector,"
        + " fkey_dataset_tags_00000002_detector_instrument_id_inst_a52a35eb",
    "dataset_calibs_00000001_idx_dataset_type_id_collection_id_instrument_detector"
        + "_physical_filter_timespan,"
        + " dataset_calibs_00000001_idx_dataset_type_id_collection_cc0450f4",
  })
  void shrinks(String name, String expected) {
    assertThat(ShortNames.shrink(name)).isEqualTo(expected);
  }
}
