package equerry.direct.exchange.document;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.dimension.DataIdValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the parts of one document are in a repository's universe. For one reading of the document.
public final class Meaning {
  private final DimensionUniverse universe;
  private final Migration migration;

  public Meaning(DocumentHeader header, DimensionUniverse universe) {
    this.universe = universe;
    this.migration = new Migration(header, universe);
  }

  /// Records of one element.
  public record Records(DimensionElement element, List<DimensionRecord> records) {
    public Records {
      records = List.copyOf(records);
    }
  }

  /// A file as a document names it.
  ///
  /// @param path a path below the folder of the files, or a URI; null where there is no file
  public record File(@Nullable String path, List<DatasetRef> refs, @Nullable String formatter) {
    public File {
      refs = List.copyOf(refs);
    }
  }

  /// The records to insert for some rows, in order: more elements than one where the rows are of an
  /// older universe.
  ///
  /// @throws ButlerException.Invalid (dimension_name, dimension_value)
  public List<Records> records(Part.Records part) {
    List<Records> all = new ArrayList<>();
    for (Part.Records migrated : migration.migrate(part)) {
      DimensionElement element = element(migrated.element());
      all.add(
          new Records(
              element,
              migrated.rows().stream().map(row -> ColumnValues.record(element, row)).toList()));
    }
    return all;
  }

  private DimensionElement element(String name) {
    return universe
        .findElement(name)
        .orElseThrow(
            () ->
                new ButlerException.Invalid(
                    ErrorCode.DIMENSION_NAME,
                    "The document has records of '%s', which the repository's universe %s lacks."
                        .formatted(name, universe)));
  }

  /// Whether records were made of days for which the document has none, so that they have no
  /// timespan.
  public boolean madeDays() {
    return migration.madeDays();
  }

  /// @throws ButlerException.Invalid (dimension_name)
  public DatasetType type(Part.Type part) {
    List<String> dimensions =
        part.dimensions().stream()
            .filter(name -> !migration.isDropped(name, part.dimensions()))
            .toList();
    return new DatasetType(
        part.name(), universe.group(dimensions), part.storageClass(), part.isCalibration());
  }

  /// @throws ButlerException.Invalid (dimension_name, dimension_value)
  public List<File> files(DatasetType type, Part.Datasets part) {
    return part.files().stream().map(file -> file(type, part.run(), file)).toList();
  }

  private static File file(DatasetType type, String run, Part.File file) {
    List<DatasetRef> refs = new ArrayList<>();
    for (int i = 0; i < file.ids().size(); i++) {
      Map<String, Object> values = new HashMap<>();
      file.dataIds().get(i).forEach((name, value) -> put(values, name, value));
      refs.add(
          new DatasetRef(
              file.ids().get(i),
              type,
              DataIdValues.conform(type.dimensions(), values, Map.of()),
              run,
              null));
    }
    return new File(file.path(), refs, file.formatter());
  }

  private static void put(Map<String, Object> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, Objects.requireNonNull(value));
    }
  }
}
