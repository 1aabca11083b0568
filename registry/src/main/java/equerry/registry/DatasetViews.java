package equerry.registry;

import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.Datasets;
import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.Files.DatasetFiles;
import equerry.registry.catalog.Catalog;
import equerry.registry.db.Database;
import equerry.registry.dimension.DataIdValues;
import equerry.registry.lookup.DataIdExpander;
import equerry.registry.lookup.DatasetFinder;
import equerry.registry.lookup.StoredDatasets;
import equerry.registry.lookup.StoredDatasets.Detail;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// [Datasets] read from the registry.
final class DatasetViews implements Datasets {
  private final Database database;
  private final Catalog catalog;
  private final DatasetFinder finder;
  private final StoredDatasets stored;

  DatasetViews(Database database, Catalog catalog, DatasetFinder finder, StoredDatasets stored) {
    this.database = database;
    this.catalog = catalog;
    this.finder = finder;
    this.stored = stored;
  }

  @Override
  public Optional<DatasetRef> find(DatasetLookup lookup, Expansion expansion) {
    return finder.find(lookup, expansion);
  }

  @Override
  public Optional<DatasetRef> find(UUID id, Expansion expansion) {
    Optional<DatasetRef> ref = stored.find(id, Detail.DATASET).map(DatasetFiles::ref);
    return expansion == Expansion.RECORDS ? ref.map(finder::expanded) : ref;
  }

  @Override
  public List<DatasetRef> findAll(List<UUID> ids) {
    return stored.findAll(ids, Detail.DATASET).stream().map(DatasetFiles::ref).toList();
  }

  @Override
  public ExpandedDataId expand(Map<String, Object> dataId) {
    for (String name : dataId.keySet()) {
      if (!catalog.universe().hasDimension(name)) {
        throw new ButlerException.Invalid(
            ErrorCode.DIMENSION_NAME, "No dimension with name '" + name + "'.");
      }
    }
    DataId given = DataIdValues.defaults(catalog.universe(), dataId);
    return database.read(session -> DataIdExpander.expand(session, given));
  }
}
