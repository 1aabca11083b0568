package equerry.registry.catalog;

import equerry.api.dataset.DatasetType;
import org.jspecify.annotations.Nullable;

/// A row of the dataset_type table.
///
/// @param id its key in other tables
/// @param type the dataset type
/// @param tagsTable table with the data IDs of its datasets in RUN and TAGGED collections
/// @param calibsTable table of those in CALIBRATION collections, null when there is none
public record TypeRow(long id, DatasetType type, String tagsTable, @Nullable String calibsTable) {}
