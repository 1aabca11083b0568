package equerry.registry.doctor;

import static java.util.stream.Collectors.joining;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionElement.Skypix;
import equerry.api.doctor.Ailment;
import equerry.api.doctor.Finding;
import equerry.registry.db.Database;
import equerry.registry.db.Row;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.db.WritableDatabase;
import equerry.registry.db.WriteSession;
import equerry.registry.dimension.SkyPixels;
import equerry.registry.doctor.ProbeCheck.ProbeSource;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Computes the pixels of every region again. Records are read a page at a time, so that a writer
/// of SQLite does not wait for all of them.
final class OverlapCheck implements Check {
  private static final int PAGE_ROWS = 500;
  private final TablesSource source;
  private final ProbeSource summaries;

  /// Reads which tables there are.
  @FunctionalInterface
  interface TablesSource {
    KnownTables read(Session session) throws SQLException;
  }

  OverlapCheck(TablesSource source) {
    this.source = source;
    this.summaries = session -> OverlapProbes.summaries(source.read(session));
  }

  @Override
  public Ailment ailment() {
    return Ailment.WRONG_OVERLAPS;
  }

  @Override
  public Finding examine(Database database) {
    Finding[] finding = {Finding.none(ailment())};
    forEachPage(
        database,
        (element, page) -> {
          for (RecordPixels record : page) {
            if (!isRight(element, record)) {
              finding[0] = finding[0].plus(1, List.of(element.name + ": " + record.key()));
            }
          }
        });
    return finding[0];
  }

  private static boolean isRight(Element element, RecordPixels record) {
    return switch (record.judge(element.common)) {
      case RecordPixels.Right right -> true;
      case RecordPixels.Wrong wrong -> false;
      case RecordPixels.Unreadable unreadable -> false;
    };
  }

  @Override
  public long mend(WritableDatabase database) {
    new ProbeCheck(Ailment.MISSING_OVERLAP_SUMMARIES, summaries).mend(database);
    long[] changed = {0};
    forEachPage(
        database.readable(),
        (element, page) -> {
          List<RecordPixels> wrong =
              page.stream().filter(record -> !isRight(element, record)).toList();
          if (!wrong.isEmpty()) {
            changed[0] += database.write(session -> mend(session, element, wrong));
          }
        });
    return changed[0];
  }

  private static long mend(WriteSession session, Element element, List<RecordPixels> wrong)
      throws SQLException {
    long changed = 0;
    for (RecordPixels seen : wrong) {
      // Somebody may have changed the record since.
      for (RecordPixels record : session.list(element.one(session, seen), element::read)) {
        if (record.judge(element.common) instanceof RecordPixels.Wrong(List<Long> pixels)) {
          element.replace(session, record, pixels);
          changed++;
        }
      }
    }
    return changed;
  }

  private void forEachPage(Database database, PageVisitor visitor) {
    KnownTables tables = database.read(source::read);
    DimensionElement common = SkyPixels.common(tables.universe());
    for (DimensionElement each : tables.spatial()) {
      Element element = new Element(each, common);
      element.pages(database, page -> visitor.visit(element, page));
    }
  }

  @FunctionalInterface
  private interface PageVisitor {
    void visit(Element element, List<RecordPixels> page);
  }

  /// The statements for one element.
  private static final class Element {
    final String name;
    final DimensionElement common;
    private final DimensionElement element;
    private final Skypix level;
    private final String table;
    private final List<String> keys;

    Element(DimensionElement element, DimensionElement common) {
      this.name = element.name();
      this.element = element;
      this.common = common;
      this.level = common.skypix().orElseThrow();
      this.table = KnownTables.overlaps(element);
      this.keys =
          element.required().stream()
              .map(
                  each ->
                      "e." + RecordColumns.quote(ReferenceProbes.keyColumn(element, each).name()))
              .toList();
    }

    /// Gives all records, by their keys, a page at a time.
    void pages(Database database, Consumer<List<RecordPixels>> visitor) {
      List<Object> after = List.of();
      while (true) {
        Sql sql = page(database, after);
        List<RecordPixels> page = database.read(session -> session.list(sql, this::read));
        if (page.isEmpty()) {
          return;
        }
        visitor.accept(page);
        after = page.getLast().key();
      }
    }

    private Sql page(Database database, List<Object> after) {
      String order = String.join(", ", keys);
      String begin =
          after.isEmpty() ? "" : " WHERE (%s) > (%s)".formatted(order, marks(keys.size()));
      return sql(
          select(database.dialect().joinedText("CAST(o.skypix_index AS TEXT)", "o.skypix_index"))
              + begin
              + " ORDER BY "
              + order
              + " LIMIT "
              + PAGE_ROWS,
          after);
    }

    Sql one(Session session, RecordPixels record) {
      return sql(
          select(session.dialect().joinedText("CAST(o.skypix_index AS TEXT)", "o.skypix_index"))
              + " WHERE (%s) = (%s)".formatted(String.join(", ", keys), marks(keys.size()))
              + session.dialect().rowLock(),
          record.key());
    }

    private Sql sql(String text, List<Object> more) {
      List<@Nullable Object> parameters =
          new ArrayList<>(List.of(level.system(), (long) level.level()));
      parameters.addAll(more);
      return new Sql(text, parameters);
    }

    private String select(String joined) {
      List<String> same = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        same.add("o." + RecordColumns.quote(element.required().get(i)) + " = " + keys.get(i));
      }
      return "SELECT %s, e.region, (SELECT %s FROM %s AS o WHERE o.skypix_system = ? AND o.skypix_level = ? AND %s) FROM %s AS e"
          .formatted(
              String.join(", ", keys),
              joined,
              RecordColumns.quote(table),
              String.join(" AND ", same),
              RecordColumns.quote(name));
    }

    RecordPixels read(Row row) throws SQLException {
      List<Object> key = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        key.add(
            java.util.Objects.requireNonNull(
                RecordColumns.read(row, i + 1, element.recordColumns().get(i).type())));
      }
      String pixels = row.text(keys.size() + 2);
      return new RecordPixels(
          key,
          bytes(row.textOrNull(keys.size() + 1)),
          pixels.isEmpty()
              ? List.of()
              : Arrays.stream(pixels.split(",")).map(Long::valueOf).toList());
    }

    /// Text that is no base64 is no region either.
    private static byte @Nullable [] bytes(@Nullable String base64) {
      try {
        return base64 == null ? null : Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException broken) {
        return new byte[0];
      }
    }

    void replace(WriteSession session, RecordPixels record, List<Long> pixels) throws SQLException {
      String columns = element.required().stream().map(RecordColumns::quote).collect(joining(", "));
      session.execute(
          sqlOfPixels(
              "DELETE FROM %s WHERE skypix_system = ? AND skypix_level = ? AND (%s) = (%s)"
                  .formatted(RecordColumns.quote(table), columns, marks(keys.size())),
              record));
      List<String> names = new ArrayList<>(List.of("skypix_system", "skypix_level"));
      element.required().forEach(each -> names.add(RecordColumns.quote(each)));
      names.add("skypix_index");
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (Long pixel : pixels) {
        List<@Nullable Object> values = new ArrayList<>(sqlOfPixels("", record).parameters());
        values.add(pixel);
        rows.add(values);
      }
      session.load(RecordColumns.quote(table), names, rows);
    }

    private Sql sqlOfPixels(String text, RecordPixels record) {
      return sql(text, record.key());
    }

    private static String marks(int count) {
      return String.join(", ", Collections.nCopies(count, "?"));
    }
  }
}
