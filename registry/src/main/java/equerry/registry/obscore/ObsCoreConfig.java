package equerry.registry.obscore;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.schema.TableDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Says what the ObsCore table of a repository tells of which datasets.
///
/// The shape is that of the stock package's `ObsCoreManagerConfig`: the `config` of the `obscore`
/// manager when a repository is made, afterwards the attribute `config:obscore.json`.
///
/// @param collections patterns of runs, or the name of the one TAGGED collection; null for all runs
/// @param datasetTypes what rows say, by the dataset types that have rows
/// @param facilityName the facility of instruments that `facilityMap` does not name
/// @param extraColumns columns beyond those of ObsCore
/// @param indices the columns of further indexes; their keys name nothing
/// @param spectralRanges wavelengths in meters by physical filter or band
/// @param spatialPlugins what fills spatial columns, besides the standard ones
/// @param fallbackInstrument the instrument of datasets without one
/// @param version counts changes of the configuration, for migrations
public record ObsCoreConfig(
    @Nullable List<String> collections,
    Map<String, ProductConfig> datasetTypes,
    @Nullable String obsCollection,
    String facilityName,
    Map<String, String> facilityMap,
    @Nullable Map<String, ExtraColumn> extraColumns,
    @Nullable Map<String, IndexColumns> indices,
    Map<String, SpectralRange> spectralRanges,
    Map<String, SpatialPlugin> spatialPlugins,
    @Nullable String fallbackInstrument,
    @Nullable FormatText obsPublisherDidFormat,
    String namespace,
    long version,
    String tableName,
    Membership membership) {
  /// The attribute of a repository that holds its configuration.
  public static final String ATTRIBUTE = "config:obscore.json";

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  public ObsCoreConfig {
    collections = collections == null ? null : List.copyOf(collections);
    datasetTypes = copy(datasetTypes);
    facilityMap = copy(facilityMap);
    extraColumns = extraColumns == null ? null : copy(extraColumns);
    indices = indices == null ? null : copy(indices);
    spectralRanges = copy(spectralRanges);
    spatialPlugins = copy(spatialPlugins);
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /// Which collections make a dataset have a row.
  enum Membership {
    /// The run that it is in.
    RUN,
    /// One TAGGED collection.
    TAGGED
  }

  /// The columns of an index, which a configuration gives as one name or as a list.
  sealed interface IndexColumns {
    List<String> names();

    record One(String name) implements IndexColumns {
      @Override
      public List<String> names() {
        return List.of(name);
      }
    }

    record Many(List<String> names) implements IndexColumns {
      public Many {
        names = List.copyOf(names);
      }
    }
  }

  /// Wavelengths in meters, null where open.
  record SpectralRange(@Nullable Double min, @Nullable Double max) {}

  /// What fills spatial columns.
  ///
  /// @param className the class of the stock package that does it there
  /// @param options its settings, as they were read
  record SpatialPlugin(String className, Map<String, @Nullable Object> options) {
    public SpatialPlugin {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
  }

  /// Reads the configuration that a user gives for a new table.
  ///
  /// Keys that are not known are passed over, and a number may be written as text, as in the stock
  /// package.
  ///
  /// @param values the mapping that YAML or JSON holds
  /// @throws ButlerException.Invalid (configuration) naming every fault
  public static ObsCoreConfig of(Map<?, ?> values) {
    return ConfigReader.read(values);
  }

  /// Reads the configuration that a repository holds.
  ///
  /// @param json the value of [#ATTRIBUTE]
  /// @throws ButlerException.Invalid (configuration) naming every fault
  public static ObsCoreConfig ofStored(String json) {
    try {
      if (STRICT.readValue(json, Object.class) instanceof Map<?, ?> map) {
        return of(map);
      }
    } catch (JacksonException broken) {
      // Told below: the text is the repository's, its reader can do nothing with a column number.
    }
    throw new ButlerException.Invalid(
        ErrorCode.CONFIGURATION,
        "The repository's " + ATTRIBUTE + " cannot be used: it is not a JSON object.");
  }

  /// The configuration as a repository keeps it: the text, to the byte, that the stock package
  /// writes for it.
  public String storedJson() {
    return ConfigJson.write(this);
  }

  /// The table that holds the rows, which refers to `dataset`.
  public TableDefinition table() {
    return ObsCoreColumns.table(this);
  }
}
