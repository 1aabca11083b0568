package equerry.api.selection;

import equerry.api.Butler;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.ExpandedDataId;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionRecord;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Conditions;
import equerry.api.query.OrderTerm;
import equerry.api.query.Predicate;
import equerry.api.query.Query;
import equerry.api.query.QueryTree;
import equerry.api.query.ResultSpec;
import equerry.api.selection.SelectionState.Joined;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A query that is put together step by step, on any [Butler].
///
/// ```java
/// try (ResultStream<DatasetRef> refs =
///     butler.query()
///         .where("instrument = 'LSSTCam' AND visit.day_obs > :night", Map.of("night", 20250701))
///         .orderBy("-visit", "detector")
///         .limit(100)
///         .refs("visit_image", "LSSTCam/runs/DRP")
///         .stream()) {
///   for (DatasetRef ref : refs) { … }
/// }
/// ```
///
/// Selections never change: every step gives a new one, so that a common start can be shared, also
/// between threads. Nothing is asked of the butler until the last step (`dataIds`, `records`,
/// `refs`, `general`), which looks up dataset types and reads the texts; rows come when its
/// [Results] are used.
///
/// Texts of `where` and `orderBy` may be given before what they name is joined. Names of fields
/// without an element are looked up in the dimensions of the result and those of [#dimensions].
///
/// Every method that names something unknown throws a [ButlerException] that says which known name
/// may be meant: dimensions and fields (dimension_name, invalid_query), dataset types
/// (missing_dataset_type), collections (missing_collection).
public final class Selection {
  private final Butler butler;
  private final SelectionState state;

  private Selection(Butler butler, SelectionState state) {
    this.butler = butler;
    this.state = state;
  }

  /// A query that keeps every row.
  public static Selection of(Butler butler) {
    return new Selection(butler, SelectionState.EMPTY);
  }

  private Selection with(SelectionState next) {
    return new Selection(butler, next);
  }

  /// Which of the datasets that several collections have for one data ID are found.
  public enum Search {
    /// Only that of the first collection that has one.
    FIRST,
    /// Those of all collections; one that several have comes several times.
    ALL
  }

  /// Joins dimensions with all that they require or imply.
  ///
  /// @throws ButlerException.Invalid (dimension_name)
  public Selection dimensions(String... names) {
    DimensionGroup added = butler.universe().group(List.of(names));
    return with(state.withDimensions(added.names()));
  }

  /// Keeps only rows for which a dataset exists, and makes its fields usable in texts
  /// (`raw.ingest_date`).
  ///
  /// @param type the dataset type, in place of an earlier search for the same
  /// @param collections names in search order
  public Selection joinDatasets(String type, String... collections) {
    return joinDatasets(type, List.of(collections));
  }

  /// As [#joinDatasets(String,String...)].
  public Selection joinDatasets(String type, Collection<String> collections) {
    return with(state.withSearch(type, List.copyOf(collections)));
  }

  /// Keeps only rows that fit one of these data IDs, which need not be in the repository.
  ///
  /// @param dataIds at least one, all of the same dimensions
  /// @throws ButlerException.Invalid (invalid_query) for none, or different dimensions
  public Selection joinDataIds(Collection<DataId> dataIds) {
    return with(state.withInput(DataIdUpload.of(dataIds)));
  }

  /// Keeps rows that meet a condition in the text language of queries.
  public Selection where(String text) {
    return where(text, Map.of());
  }

  /// Keeps rows that meet a condition with values that are given beside the text.
  ///
  /// @param binds values of the names after `:`; collections stand for lists (see [Literals#of])
  public Selection where(String text, Map<String, ? extends Object> binds) {
    return with(state.withCondition(new Condition.Text(text, new HashMap<>(binds))));
  }

  /// Keeps rows whose dimensions have these values.
  public Selection where(Map<String, ? extends @Nullable Object> dataId) {
    return where(Conditions.ofDataId(butler.universe(), dataId));
  }

  /// Keeps rows whose dimensions have the values of a data ID.
  public Selection where(DataId dataId) {
    return where(dataId.required());
  }

  /// Keeps rows that meet a condition.
  public Selection where(Predicate condition) {
    return with(state.withCondition(new Condition.Tree(condition)));
  }

  /// Values for governor dimensions (instrument, skymap) that no condition fixes.
  ///
  /// @throws ButlerException.Invalid (dimension_name)
  public Selection defaults(Map<String, ? extends Object> governors) {
    DimensionGroup group = butler.universe().group(governors.keySet());
    List<@Nullable Object> values =
        group.required().stream().<@Nullable Object>map(governors::get).toList();
    return with(state.withDefaults(DataId.of(group, values)));
  }

  /// Sorts by columns, the first decides first; `-` before a name sorts in descending order. In
  /// place of an earlier order.
  public Selection orderBy(String... columns) {
    return orderBy(List.of(columns));
  }

  /// As [#orderBy(String...)].
  public Selection orderBy(Collection<String> columns) {
    return with(state.withOrder(List.copyOf(columns)));
  }

  /// Gives at most so many rows.
  ///
  /// @throws ButlerException.Invalid (invalid_query) for a negative number
  public Selection limit(long rows) {
    if (rows < 0) {
      throw invalid("A limit of " + rows + " rows: give 0 or more, or no limit at all.");
    }
    return with(state.withLimit(rows));
  }

  /// The data IDs of the dimensions that were joined or that conditions name, with implied values.
  public Results<DataId> dataIds() {
    Joined joined = joined();
    return ids(joined, joined.mentioned(), Expansion.NONE, Rows::dataId);
  }

  /// Data IDs of these dimensions, with implied values.
  public Results<DataId> dataIds(String... dimensions) {
    return ids(
        joined(), butler.universe().group(List.of(dimensions)), Expansion.NONE, Rows::dataId);
  }

  /// Data IDs of these dimensions with the records of all their elements.
  public Results<ExpandedDataId> expandedDataIds(String... dimensions) {
    return ids(
        joined(), butler.universe().group(List.of(dimensions)), Expansion.RECORDS, Rows::expanded);
  }

  private <T> Results<T> ids(
      Joined joined, DimensionGroup group, Expansion expansion, Rows.Reader<T> reader) {
    Bound bound = joined.bind(group, Set.of());
    ResultSpec spec = new ResultSpec.DataIds(group, expansion == Expansion.RECORDS, options(bound));
    return results(joined, bound, spec, reader);
  }

  /// Records of an element, such as `visit` or `visit_detector_region`.
  ///
  /// @throws ButlerException.Invalid (invalid_query) for a name that is no element
  public Results<DimensionRecord> records(String element) {
    DimensionElement found = butler.universe().element(element);
    DimensionGroup group = butler.universe().group(found.dependencies().toList());
    Joined joined = joined();
    Bound bound = joined.bind(group, Set.of());
    return results(
        joined, bound, new ResultSpec.Records(found, group, options(bound)), Rows::record);
  }

  /// For each data ID the dataset of the first collection that has one.
  ///
  /// @param type a dataset type
  /// @param collections names in search order; none for those of an earlier [#joinDatasets]
  public Results<DatasetRef> refs(String type, String... collections) {
    return refs(type, List.of(collections), Search.FIRST, Expansion.NONE);
  }

  /// Datasets of a type, with full data IDs.
  ///
  /// @param collections names in search order; none for those of an earlier [#joinDatasets]
  /// @param expansion whether the records of the data IDs come along
  /// @throws ButlerException.Invalid (invalid_query) when no collections were given at all
  public Results<DatasetRef> refs(
      String type, Collection<String> collections, Search search, Expansion expansion) {
    Selection searched = collections.isEmpty() ? this : joinDatasets(type, collections);
    if (!searched.state.searches().containsKey(type)) {
      throw invalid("No collections to search for datasets of type '" + type + "'; name some.");
    }
    Joined joined = searched.joined();
    DatasetType found = joined.type(type);
    Bound bound = joined.bind(found.dimensions(), Set.of(type));
    ResultSpec spec =
        new ResultSpec.Refs(
            type,
            found.dimensions(),
            found.storageClass(),
            expansion == Expansion.RECORDS,
            search == Search.FIRST,
            options(bound));
    return searched.results(joined, bound, spec, Rows::ref);
  }

  /// Chosen columns in their canonical order (see [ResultRows]).
  ///
  /// @param dimensions whose keys every row has, beside those that the columns need
  /// @param columns `element.field` or `dataset_type.field`, the latter of joined datasets
  /// @param search [Search#FIRST] only with the fields of exactly one dataset type
  public Results<GeneralRow> general(
      Collection<String> dimensions, Search search, String... columns) {
    Joined joined = joined();
    ChosenColumns chosen = ChosenColumns.of(butler.universe(), joined.types(), List.of(columns));
    DimensionGroup group = butler.universe().group(dimensions).union(chosen.dimensions());
    Bound bound = joined.bind(group, chosen.datasetFields().keySet());
    ResultSpec spec =
        new ResultSpec.General(
            group,
            chosen.fields(),
            chosen.datasetFields(),
            false,
            search == Search.FIRST,
            options(bound));
    return results(joined, bound, spec, Rows::general);
  }

  private Joined joined() {
    return MeantNames.during(butler, state.names(), () -> state.join(butler));
  }

  private ResultSpec.Options options(Bound bound) {
    return new ResultSpec.Options(bound.order(), state.limit(), false);
  }

  private <T> Results<T> results(
      Joined joined, Bound bound, ResultSpec spec, Rows.Reader<T> reader) {
    Query query =
        new Query(
            bound.tree(),
            state.defaults().orElseGet(() -> DataId.empty(butler.universe())),
            joined.inputs());
    return new Results<>(butler, query, spec, reader, state.names());
  }

  private static ButlerException.Invalid invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message);
  }

  /// A condition as the user gave it.
  sealed interface Condition {
    record Text(String text, Map<String, Object> binds) implements Condition {}

    record Tree(Predicate predicate) implements Condition {}
  }

  /// A query whose texts have been read.
  record Bound(QueryTree tree, List<OrderTerm> order) {}
}
