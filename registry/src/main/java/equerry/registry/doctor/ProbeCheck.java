package equerry.registry.doctor;

import equerry.api.doctor.Ailment;
import equerry.api.doctor.Finding;
import equerry.registry.db.Database;
import equerry.registry.db.Session;
import equerry.registry.db.WritableDatabase;
import java.sql.SQLException;
import java.util.List;

/// A check by statements, each of which looks at whole tables.
///
/// @param source makes the statements for the tables that there are
record ProbeCheck(Ailment ailment, ProbeSource source) implements Check {
  /// Makes statements.
  @FunctionalInterface
  interface ProbeSource {
    List<Probe> probes(Session session) throws SQLException;
  }

  @Override
  public Finding examine(Database database) {
    return database.read(
        session -> {
          Finding finding = Finding.none(ailment);
          for (Probe probe : source.probes(session)) {
            finding = probe.examine(session, finding);
          }
          return finding;
        });
  }

  /// One transaction for all: a later statement may need what an earlier one has added.
  @Override
  public long mend(WritableDatabase database) {
    return database.write(
        session -> {
          long changed = 0;
          for (Probe probe : source.probes(session)) {
            changed += probe.mend(session);
          }
          return changed;
        });
  }
}
