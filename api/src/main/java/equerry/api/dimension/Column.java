package equerry.api.dimension;

import equerry.api.ColumnType;

/// A column of a dimension element: a key, a metadata field, a region or a timespan.
///
/// @param name the column's name in records and tables
/// @param type its type
/// @param size length in characters of a string, in bytes of a hash; 0 where it has none
/// @param nullable whether the universe allows null
public record Column(String name, ColumnType type, int size, boolean nullable) {}
