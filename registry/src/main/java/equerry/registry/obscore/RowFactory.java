package equerry.registry.obscore;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.Topology;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.time.Timespan;
import equerry.registry.obscore.ObsCoreConfig.SpectralRange;
import equerry.sphere.ConvexPolygon;
import equerry.sphere.Region;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the rows of datasets, by the rules for dimensions of the namespace `daf_butler`.
final class RowFactory {
  private static final Logger LOG = LoggerFactory.getLogger(RowFactory.class);
  private final ObsCoreConfig config;
  private final List<SpatialColumns> spatial;

  RowFactory(ObsCoreConfig config) {
    this.config = config;
    this.spatial = SpatialColumns.of(config);
  }

  /// The columns of a dataset's row that are not null.
  ///
  /// @param ref a dataset of a configured type, with a full data ID and its records
  /// @param exposureRegion the region of its visit, if its data ID has an exposure
  /// @throws ButlerException.Invalid (configuration) when a format does not suit the dataset
  Map<String, @Nullable Object> row(DatasetRef ref, @Nullable Region exposureRegion) {
    ProductConfig product = Objects.requireNonNull(config.datasetTypes().get(ref.type().name()));
    Map<String, @Nullable Object> row = new LinkedHashMap<>(described(ref, product));
    Optional<Object> instrument = ref.dataId().find("instrument");
    String name = instrument.map(Object::toString).orElse(config.fallbackInstrument());
    row.put("instrument_name", name);
    row.put(ObsCoreTable.DATASET, ref.id());
    row.put(
        "facility_name",
        name == null
            ? config.facilityName()
            : config.facilityMap().getOrDefault(name, config.facilityName()));
    addTimes(row, ref);
    Region region = addExposure(row, ref) ? exposureRegion : region(ref);
    if (region != null) {
      row.putAll(spatialValues(region, "dataset " + ref.id()));
    }
    addSpectrum(row, ref.dataId());
    return row;
  }

  /// What the configuration says of a dataset.
  private Map<String, @Nullable Object> described(DatasetRef ref, ProductConfig product) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("dataproduct_type", product.dataproductType());
    row.put("dataproduct_subtype", product.dataproductSubtype());
    row.put("o_ucd", product.ucd());
    row.put("calib_level", (long) product.calibLevel());
    row.put(
        "obs_collection",
        product.obsCollection() == null ? config.obsCollection() : product.obsCollection());
    row.put("access_format", product.accessFormat());
    if (product.pixels() != null) {
      row.put("s_xel1", (long) product.pixels().first());
      row.put("s_xel2", (long) product.pixels().second());
    }
    Map<String, @Nullable Object> values = FormatValues.of(ref, row);
    if (product.obsIdFormat() != null) {
      String obsId = filled(product.obsIdFormat(), values, ref);
      row.put("obs_id", obsId);
      values.put("obs_id", obsId);
    }
    if (product.datalinkUrlFormat() != null) {
      row.put("access_url", filled(product.datalinkUrlFormat(), values, ref));
    }
    if (config.obsPublisherDidFormat() != null) {
      row.put("obs_publisher_did", filled(config.obsPublisherDidFormat(), values, ref));
    }
    addExtraColumns(row, product, values, ref);
    return row;
  }

  private static String filled(
      FormatText format, Map<String, @Nullable Object> values, DatasetRef ref) {
    return fill(format, values, ref)
        .orElseThrow(() -> unfit(format, ref, "it asks for what the dataset does not have"));
  }

  private static Optional<String> fill(
      FormatText format, Map<String, @Nullable Object> values, DatasetRef ref) {
    try {
      return format.fill(values);
    } catch (FormatText.UnfitValue unfit) {
      throw unfit(format, ref, String.valueOf(unfit.getMessage()));
    }
  }

  private static ButlerException unfit(FormatText format, DatasetRef ref, String reason) {
    return new ButlerException.Invalid(
        ErrorCode.CONFIGURATION,
        "The format '%s' of the ObsCore configuration does not suit the dataset %s %s: %s. Nothing was changed."
            .formatted(format.source(), ref.type().name(), ref.dataId(), reason));
  }

  private void addExtraColumns(
      Map<String, @Nullable Object> row,
      ProductConfig product,
      Map<String, @Nullable Object> values,
      DatasetRef ref) {
    Map<String, ExtraColumn> columns = new LinkedHashMap<>();
    columns.putAll(ObsCoreColumns.orEmpty(config.extraColumns()));
    columns.putAll(ObsCoreColumns.orEmpty(product.extraColumns()));
    columns.forEach(
        (name, column) -> {
          switch (column) {
            case ExtraColumn.Constant constant -> row.put(name, constant.value());
            case ExtraColumn.Template template ->
                fill(template.template(), values, ref)
                    .ifPresent(text -> row.put(name, read(template, text, ref)));
          }
        });
  }

  /// A text as the type of its column. As in Python, blanks around numbers do not matter; a truth
  /// value is an integer.
  private static Object read(ExtraColumn.Template template, String text, DatasetRef ref) {
    try {
      return switch (template.type()) {
        case STRING -> text;
        case INT -> Long.valueOf(text.strip());
        case FLOAT -> Double.valueOf(text.strip());
        case BOOL -> Long.parseLong(text.strip()) != 0;
      };
    } catch (NumberFormatException malformed) {
      throw unfit(template.template(), ref, "'" + text + "' is no " + template.type().label());
    }
  }

  private static void addTimes(Map<String, @Nullable Object> row, DatasetRef ref) {
    Timespan timespan = timespan(ref);
    if (timespan == null || timespan.isEmpty()) {
      return;
    }
    if (timespan.beginNanos() != Timespan.MIN_NANOS) {
      row.put("t_min", UtcDays.mjd(timespan.beginNanos()));
    }
    if (timespan.endNanos() != Timespan.MAX_NANOS) {
      row.put("t_max", UtcDays.mjd(timespan.endNanos()));
    }
  }

  /// The time that the finest elements of all temporal families share.
  private static @Nullable Timespan timespan(DatasetRef ref) {
    Timespan all = null;
    for (Topology family : ref.dataId().group().temporal()) {
      if (!(finest(ref, family, "timespan") instanceof Timespan one)) {
        return null;
      }
      all = all == null ? one : all.intersection(one);
    }
    return all;
  }

  /// The region of the finest element of the only spatial family. What several families share is no
  /// polygon, so it has no columns.
  private static @Nullable Region region(DatasetRef ref) {
    Set<Topology> families = ref.dataId().group().spatial();
    if (families.size() != 1) {
      return null;
    }
    return finest(ref, families.iterator().next(), "region") instanceof byte[] region
        ? Region.decode(region)
        : null;
  }

  private static @Nullable Object finest(DatasetRef ref, Topology family, String field) {
    for (String member : family.members()) {
      if (ref.dataId().group().containsElement(member)) {
        return record(ref, member).map(found -> found.value(field)).orElse(null);
      }
    }
    return null;
  }

  private static Optional<DimensionRecord> record(DatasetRef ref, String element) {
    return Objects.requireNonNull(ref.records(), "records").stream()
        .filter(record -> record.element().name().equals(element))
        .findFirst();
  }

  /// Adds what is known of an exposure or else of a visit.
  ///
  /// @return whether it was an exposure
  private static boolean addExposure(Map<String, @Nullable Object> row, DatasetRef ref) {
    boolean isExposure = isOfExposure(ref);
    record(ref, isExposure ? "exposure" : "visit")
        .ifPresent(
            record -> {
              row.put("t_exptime", record.value("exposure_time"));
              row.put("target_name", record.value("target_name"));
            });
    return isExposure;
  }

  /// Whether the region of a dataset is that of the visit that its exposure is part of.
  static boolean isOfExposure(DatasetRef ref) {
    return ref.dataId().group().contains("exposure");
  }

  /// The spatial columns of a region; none, with a warning, for one that is no polygon.
  ///
  /// @param whose says in the warning whose region it is
  Map<String, Object> spatialValues(Region region, String whose) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (region instanceof ConvexPolygon polygon) {
      spatial.forEach(columns -> values.putAll(columns.values(polygon)));
    } else {
      LOG.warn(
          "The region of {} is no polygon, so its ObsCore row tells no place: {}",
          whose,
          region.getClass().getSimpleName());
    }
    return values;
  }

  private void addSpectrum(Map<String, @Nullable Object> row, DataId dataId) {
    Optional<Object> band = dataId.find("band");
    if (band.isEmpty()) {
      return;
    }
    SpectralRange range =
        dataId
            .find("physical_filter")
            .map(filter -> config.spectralRanges().get(filter.toString()))
            .orElse(config.spectralRanges().get(band.get().toString()));
    if (range != null) {
      row.put("em_min", range.min());
      row.put("em_max", range.max());
    }
    row.put("em_filter_name", band.get());
  }
}
