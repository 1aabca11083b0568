package equerry.api.dimension;

import equerry.api.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A dimension, or a combination of dimensions that has records of its own.
///
/// Immutable; equal by identity within its universe.
///
/// Order of the record's columns (the source is the stock package's JSON and table layout):
/// required dimensions (its own key under the key's name), implied dimensions, alternate keys,
/// metadata, region, timespan. A skypix dimension's records, which are in no table, are its id and
/// the region of that pixel.
public final class DimensionElement {
  private final String name;
  private final List<Column> keys;
  private final List<Column> metadata;
  private final List<String> required;
  private final List<String> implied;
  private final Traits traits;
  private final List<Column> recordColumns;

  /// What distinguishes elements beside their columns.
  ///
  /// @param governor whether collections are summarized by its values, as instrument and skymap
  /// @param cached whether it has few records, which clients keep in memory
  /// @param alwaysJoin whether queries join its table as soon as all its dimensions are present
  /// @param impliedUnionTarget the dimension whose records stand for its table, as for band
  /// @param spatial its family of regions
  /// @param temporal its family of timespans
  /// @param pixelization system and level of a skypix dimension
  record Traits(
      boolean governor,
      boolean cached,
      boolean alwaysJoin,
      @Nullable String impliedUnionTarget,
      @Nullable Topology spatial,
      @Nullable Topology temporal,
      @Nullable Skypix pixelization) {}

  /// A pixelization of the sky and one of its levels.
  public record Skypix(String system, int level) {}

  DimensionElement(
      String name,
      List<Column> keys,
      List<Column> metadata,
      List<DimensionElement> required,
      List<DimensionElement> implied,
      Traits traits) {
    this.name = name;
    this.keys = List.copyOf(keys);
    this.metadata = List.copyOf(metadata);
    this.traits = traits;
    List<String> requiredNames = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (DimensionElement dimension : required) {
      requiredNames.add(dimension.name);
      columns.add(dimension.keyColumnAs(dimension.name));
    }
    if (!keys.isEmpty()) {
      requiredNames.add(name);
      columns.add(keys.getFirst());
    }
    implied.forEach(dimension -> columns.add(dimension.keyColumnAs(dimension.name)));
    keys.stream().skip(1).forEach(columns::add);
    columns.addAll(metadata);
    if (traits.spatial() != null) {
      columns.add(new Column("region", ColumnType.REGION, 0, true));
    }
    if (traits.temporal() != null) {
      columns.add(new Column("timespan", ColumnType.TIMESPAN, 0, true));
    }
    this.required = List.copyOf(requiredNames);
    this.implied = implied.stream().map(DimensionElement::name).toList();
    this.recordColumns = List.copyOf(columns);
  }

  private Column keyColumnAs(String columnName) {
    Column key = primaryKey();
    return new Column(columnName, key.type(), key.size(), false);
  }

  public String name() {
    return name;
  }

  /// Whether data IDs can have a value for it; combinations such as visit_detector_region cannot.
  public boolean isDimension() {
    return !keys.isEmpty();
  }

  /// The column that data IDs hold.
  public Column primaryKey() {
    return keys.getFirst();
  }

  /// Further columns that are unique among the records with the same required dimensions.
  public List<Column> alternateKeys() {
    return keys.subList(Math.min(1, keys.size()), keys.size());
  }

  public List<Column> metadata() {
    return metadata;
  }

  /// All dimensions that identify a record, itself last, in universe order.
  public List<String> required() {
    return required;
  }

  /// Dimensions whose value a record gives, in universe order.
  public List<String> implied() {
    return implied;
  }

  /// The columns of its records in their fixed order.
  public List<Column> recordColumns() {
    return recordColumns;
  }

  /// The columns of a record that are not dimension keys.
  public List<Column> fields() {
    return recordColumns.subList(required.size() + implied.size(), recordColumns.size());
  }

  /// A column of the record that is not a dimension key, by name.
  public Optional<Column> findField(String field) {
    return fields().stream().filter(column -> column.name().equals(field)).findFirst();
  }

  public boolean isGovernor() {
    return traits.governor();
  }

  public boolean isCached() {
    return traits.cached();
  }

  public boolean isAlwaysJoined() {
    return traits.alwaysJoin();
  }

  /// Whether its records tie dimensions together, so that queries must not leave them out.
  public boolean definesRelationships() {
    return traits.alwaysJoin() || !implied.isEmpty();
  }

  /// The dimension whose distinct values are this one's records, as physical_filter for band.
  public Optional<String> impliedUnionTarget() {
    return Optional.ofNullable(traits.impliedUnionTarget());
  }

  public Optional<Topology> spatial() {
    return Optional.ofNullable(traits.spatial());
  }

  public Optional<Topology> temporal() {
    return Optional.ofNullable(traits.temporal());
  }

  public Optional<Skypix> skypix() {
    return Optional.ofNullable(traits.pixelization());
  }

  /// Whether the registry has a table of its records.
  public boolean hasTable() {
    return traits.impliedUnionTarget() == null && traits.pixelization() == null;
  }

  /// Names of required and implied dimensions.
  public Stream<String> dependencies() {
    return Stream.concat(required.stream(), implied.stream());
  }

  @Override
  public String toString() {
    return name;
  }
}
