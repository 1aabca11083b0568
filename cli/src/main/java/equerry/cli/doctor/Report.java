package equerry.cli.doctor;

import equerry.api.ColumnType;
import equerry.api.doctor.Ailment;
import equerry.api.doctor.Finding;
import equerry.cli.shell.OutputColumn;
import equerry.cli.shell.OutputFormat;
import equerry.cli.shell.RowOrder;
import equerry.cli.shell.RowWriter;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What was found, and what is left of it after mending.
final class Report {
  private static final List<OutputColumn> COLUMNS =
      List.of(
          OutputColumn.text("ailment"),
          new OutputColumn("count", "count", ColumnType.INT),
          new OutputColumn("left", "left", ColumnType.INT),
          OutputColumn.text("found"),
          OutputColumn.text("remedy"),
          OutputColumn.text("examples"));

  private final Map<Ailment, Finding> found;
  private final Map<Ailment, Finding> left;

  /// @param found what there was
  /// @param left what there is; the same where nothing was mended
  Report(Map<Ailment, Finding> found, Map<Ailment, Finding> left) {
    this.found = new EnumMap<>(found);
    this.left = new EnumMap<>(left);
    // Mending may bring to light what was hidden.
    left.forEach(this.found::putIfAbsent);
  }

  void write(OutputFormat format, PrintWriter out) {
    switch (format) {
      case TABLE -> found.values().forEach(finding -> tell(finding, out));
      case JSON, CSV, NDJSON -> writeRows(format, out);
    }
    out.flush();
  }

  private void tell(Finding finding, PrintWriter out) {
    Ailment ailment = finding.ailment();
    long rest = left(finding);
    String mended = rest == finding.count() ? "" : ", " + rest + " left";
    out.printf("%s: %d %s%s%n", ailment.label(), finding.count(), ailment.found(), mended);
    shown(finding).forEach(example -> out.println("    " + example));
    long more = finding.count() - shown(finding).size();
    if (more > 0) {
      out.println("    … and " + more + " more");
    }
    if (rest > 0) {
      out.println("  --fix " + ailment.remedy() + ".");
    }
  }

  private List<String> shown(Finding finding) {
    return left.getOrDefault(finding.ailment(), finding).examples();
  }

  private long left(Finding finding) {
    Finding rest = left.get(finding.ailment());
    return rest == null ? 0 : rest.count();
  }

  private void writeRows(OutputFormat format, PrintWriter out) {
    RowWriter writer = RowWriter.of(format, out, COLUMNS);
    writer.section(new RowWriter.Section(COLUMNS, RowOrder.AS_GIVEN));
    for (Finding finding : found.values()) {
      Ailment ailment = finding.ailment();
      writer.row(
          List.of(
              ailment.label(),
              finding.count(),
              left(finding),
              ailment.found(),
              ailment.remedy(),
              shown(finding)));
    }
    writer.finish();
  }
}
