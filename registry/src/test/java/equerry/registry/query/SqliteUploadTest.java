package equerry.registry.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jooq.conf.ParamType;
import org.junit.jupiter.api.Test;

/// How SQLite joins rows that a query brings: each is looked up in an index of the table, instead of
/// all being read anew for each row of the table.
class SqliteUploadTest {
  private static List<String> plan(Connection connection, String sql) throws Exception {
    List<String> steps = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        steps.add(rows.getString("detail"));
      }
    }
    return steps;
  }

  @Test
  void uploadedRowsAreLookedUpInAnIndex() throws Exception {
    Flavor flavor = new SqliteFlavor();
    var uploaded = flavor.upload("u", 2, List.of(List.of("Cam", 1L), List.of("Cam", 2L)));
    String from =
        flavor.dsl().renderContext().paramType(ParamType.INLINED).visit(uploaded).render();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (k, i, d, UNIQUE (k, i, d))");
      statement.execute("CREATE INDEX by_key ON t (k)");
      assertThat(
              plan(
                  connection,
                  "SELECT * FROM (SELECT * FROM "
                      + from
                      + ") u JOIN t ON u.c0 = t.i AND u.c1 = t.d"
                      + " WHERE t.k = 1"))
          .anyMatch(step -> step.startsWith("MATERIALIZE"))
          .anyMatch(step -> step.startsWith("SEARCH t") && step.endsWith("(k=? AND i=? AND d=?)"));
    }
  }
}
