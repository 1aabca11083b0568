package equerry.registry;

import equerry.api.dataset.DatasetType;
import equerry.api.dataset.DatasetTypes;
import equerry.registry.catalog.Catalog;
import equerry.registry.catalog.TypeSelection;
import equerry.registry.db.Database;
import java.util.List;

/// [DatasetTypes] read from the registry.
final class DatasetTypeViews implements DatasetTypes {
  private final Database database;
  private final Catalog catalog;

  DatasetTypeViews(Database database, Catalog catalog) {
    this.database = database;
    this.catalog = catalog;
  }

  @Override
  public DatasetType load(String name) {
    return database.read(session -> catalog.type(session, name)).type();
  }

  @Override
  public Matches search(List<String> expression) {
    return database.read(session -> TypeSelection.search(session, catalog, expression));
  }
}
