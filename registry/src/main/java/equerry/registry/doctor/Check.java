package equerry.registry.doctor;

import equerry.api.doctor.Ailment;
import equerry.api.doctor.Finding;
import equerry.registry.db.Database;
import equerry.registry.db.WritableDatabase;

/// Looks for one ailment of the tables.
interface Check {
  Ailment ailment();

  /// Reads only.
  Finding examine(Database database);

  /// Mends what can be mended, in transactions of bounded size.
  ///
  /// @return how many rows were added, changed or deleted
  long mend(WritableDatabase database);
}
