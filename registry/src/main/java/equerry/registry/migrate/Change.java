package equerry.registry.migrate;

/// One thing that a step does to a database.
public sealed interface Change {

  /// What a person reads of it: SQL, or what is done in place of SQL.
  String text();

  /// A statement that is run.
  record Statement(String text) implements Change {}

  /// A new text for a table of SQLite, in place of the one that SQLite keeps.
  ///
  /// SQLite has no way to change a column's type or check; what it keeps of a table is the text of
  /// its `CREATE TABLE`, and for changes that leave the rows as they are, replacing that text is the
  /// way that its documentation gives (https://www.sqlite.org/lang_altertable.html, section 7).
  ///
  /// @param table the table
  /// @param declaration the new `CREATE TABLE`
  record Declaration(String table, String declaration) implements Change {
    @Override
    public String text() {
      return "-- table " + table + " is declared anew\n" + declaration;
    }
  }
}
