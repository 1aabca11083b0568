package equerry.registry.migrate;

import equerry.registry.schema.ManagerClass;
import java.util.List;

/// Keeps times of ingestion as TAI nanoseconds instead of UTC timestamps: version 2.0.0 of datasets.
final class IngestDateStep {
  private static final ManagerClass DATASETS = ManagerClass.DATASETS;

  /// TAI minus UTC since there are repositories of this kind (IERS Bulletin C).
  private static final String OFFSET =
      "CASE WHEN ingest_date >= '2017-01-01 00:00:00' THEN 37"
          + " WHEN ingest_date >= '2015-07-01 00:00:00' THEN 36"
          + " WHEN ingest_date >= '2012-07-01 00:00:00' THEN 35 ELSE 34 END";

  private IngestDateStep() {}

  static MigrationStep plan(StoredTables tables) {
    List<Change> changes = tables.isPostgres() ? postgres() : sqlite(tables);
    return new MigrationStep(
        "datasets 1.0.0 to 2.0.0",
        "Times of ingestion are kept to the nanosecond in TAI.",
        changes);
  }

  private static List<Change> postgres() {
    String nanos =
        "CAST(round((EXTRACT(EPOCH FROM ingest_date) + "
            + OFFSET
            + ") * 1000000) AS BIGINT) * 1000";
    return List.of(
        new Change.Statement("ALTER TABLE dataset ALTER COLUMN ingest_date DROP DEFAULT"),
        new Change.Statement(
            "ALTER TABLE dataset ALTER COLUMN ingest_date TYPE BIGINT USING " + nanos),
        version());
  }

  private static List<Change> sqlite(StoredTables tables) {
    String seconds = "CAST(strftime('%s', ingest_date) AS INTEGER)";
    String micros = "CAST(substr(substr(ingest_date, 21) || '000000', 1, 6) AS INTEGER)";
    Change convert =
        new Change.Statement(
            "UPDATE dataset SET ingest_date = ("
                + seconds
                + " + "
                + OFFSET
                + ") * 1000000000 + "
                + micros
                + " * 1000 WHERE typeof(ingest_date) = 'text'");
    List<Change> declare =
        tables.redeclare(
            "dataset",
            text ->
                text.replaceFirst(
                    "(?i)ingest_date\"? TIMESTAMP( DEFAULT \\(?CURRENT_TIMESTAMP\\)?)?( NOT NULL)?",
                    "ingest_date BIGINT NOT NULL"));
    return List.of(convert, declare.getFirst(), version());
  }

  private static Change version() {
    return new Change.Statement(
        "UPDATE butler_attributes SET value = '"
            + DATASETS.versions().getLast()
            + "' WHERE name = 'version:"
            + DATASETS.storedName()
            + "'");
  }
}
