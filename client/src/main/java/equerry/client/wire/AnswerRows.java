package equerry.client.wire;

import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.query.ResultSpec;
import equerry.api.query.ResultSpec.ResultColumn;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads answers that are streams of rows. Safe for many threads; each reader is for one.
public final class AnswerRows {
  private final DimensionUniverse universe;
  private final WireJson json;

  public AnswerRows(DimensionUniverse universe, WireLimits limits) {
    this.universe = universe;
    this.json = new WireJson(limits);
  }

  /// Reads the rows of `query/execute`, but for refs.
  ///
  /// @param columns what [#columns] gave
  public PageReader<@Nullable Object[]> rows(
      ResultSpec spec, List<ResultColumn> columns, InputStream stream) {
    RecordReader records = new RecordReader(universe);
    RowDecoder<@Nullable Object[]> decoder =
        switch (spec) {
          case ResultSpec.DataIds _ -> new DataIdDecoder(columns, records);
          case ResultSpec.Records _ -> new RecordDecoder(records);
          case ResultSpec.General _ -> new GeneralDecoder(columns, records);
          case ResultSpec.Refs _ -> throw noRefs();
        };
    return new PageReader<>(json, stream, decoder);
  }

  /// Reads the refs of `query/execute` or `query/all_datasets`.
  public PageReader<FoundRef> refs(Expansion expansion, InputStream stream) {
    RecordReader records = new RecordReader(universe);
    return new PageReader<>(
        json,
        stream,
        new RefDecoder(
            records,
            new RefReader(universe, records, expansion),
            type -> columns(type, expansion)));
  }

  /// The columns of refs of a type.
  public static List<ResultColumn> columns(DatasetType type, Expansion expansion) {
    return ResultColumns.ofRefs(type, expansion == Expansion.RECORDS);
  }

  /// The columns of a result that is not of refs.
  ///
  /// @param types gives the dataset type of a name
  public static List<ResultColumn> columns(ResultSpec spec, Function<String, DatasetType> types) {
    return switch (spec) {
      case ResultSpec.DataIds ids -> ResultColumns.ofDataIds(ids);
      case ResultSpec.Records records -> List.of(new ResultColumn.Record(records.element()));
      case ResultSpec.General general -> ResultColumns.ofGeneral(general, types);
      case ResultSpec.Refs _ -> throw noRefs();
    };
  }

  private static IllegalArgumentException noRefs() {
    return new IllegalArgumentException("Refs have methods of their own.");
  }
}
