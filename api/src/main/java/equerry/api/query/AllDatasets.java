package equerry.api.query;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A search for datasets of many types.
///
/// @param collections names and globs
/// @param types names and globs of dataset types
/// @param findFirst only the dataset of the first collection that has one for a data ID
/// @param dataId values that the data IDs must have
/// @param defaults governor values to use where nothing else gives one
/// @param where a condition in the text language, empty for none
/// @param bind values of the names in that text
/// @param limit how many datasets at most, null for all
/// @param withRecords whether dimension records come along
public record AllDatasets(
    List<String> collections,
    List<String> types,
    boolean findFirst,
    Map<String, Object> dataId,
    Map<String, Object> defaults,
    String where,
    Map<String, Expression.Literal> bind,
    @Nullable Long limit,
    boolean withRecords) {
  public AllDatasets {
    collections = List.copyOf(collections);
    types = List.copyOf(types);
  }
}
