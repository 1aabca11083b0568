package equerry.api.dimension;

import equerry.api.error.ButlerException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Inserts and replaces dimension records, with the rows that spatial queries need.
public interface RecordEdits {
  /// What to do with a record whose key is taken.
  enum OnConflict {
    FAIL,
    /// Keep the one that is there, whatever it says.
    SKIP,
    /// Replace every column.
    REPLACE
  }

  /// Inserts records of one element.
  ///
  /// @throws ButlerException.Conflict (conflict) when a key is taken, an alternate key is, or a
  ///     record that this one names is not there
  /// @throws ButlerException.Invalid (dimension_value) for an element without a table, or a value
  ///     that is missing or of the wrong type
  void insert(Collection<DimensionRecord> records, OnConflict onConflict);

  /// Inserts a record unless it is there with the same values.
  ///
  /// @throws ButlerException.Conflict (conflict) when it is there with others and stays so
  Synced sync(DimensionRecord record, OnDifference onDifference);

  /// What to do with a record that is there with other values.
  enum OnDifference {
    FAIL,
    UPDATE
  }

  /// What [#sync] did.
  sealed interface Synced {
    /// It was not there.
    record Inserted() implements Synced {}

    /// It was there as given.
    record Unchanged() implements Synced {}

    /// It was there with other values.
    ///
    /// @param before the former values of the columns that changed, by name
    record Updated(Map<String, @Nullable Object> before) implements Synced {
      public Updated {
        before = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(before));
      }
    }
  }
}
