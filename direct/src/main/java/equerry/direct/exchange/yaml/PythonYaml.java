package equerry.direct.exchange.yaml;

import equerry.api.time.Timespan;
import equerry.direct.exchange.yaml.LineWriter.Folding;
import equerry.sphere.Region;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes one YAML document letter for letter as `yaml.dump(…, sort_keys=False)` does with the stock
/// package's representers: block style, lists not indented in mappings, ASCII.
///
/// Collections are written while they are filled: begin one, add keys and items, end it.
public final class PythonYaml {
  private static final int INDENT = 2;
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, new byte[] {'\n'});
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final LineWriter out;
  private final Writer writer;
  private final Deque<Level> levels = new ArrayDeque<>();

  /// A collection that is being written.
  private static final class Level {
    private final boolean isList;
    private final int indent;
    private final boolean onSameLine;
    private boolean isEmpty = true;

    Level(boolean isList, int indent, boolean onSameLine) {
      this.isList = isList;
      this.indent = indent;
      this.onSameLine = onSameLine;
    }
  }

  /// @param writer where the document goes; it is not closed
  public PythonYaml(Writer writer) {
    this.writer = writer;
    this.out = new LineWriter(writer);
  }

  /// Writes a mapping with the entries that the body adds: the document, an item, or the value of a
  /// key.
  public PythonYaml beginMapping() {
    begin(false);
    return this;
  }

  public PythonYaml beginList() {
    begin(true);
    return this;
  }

  private void begin(boolean isList) {
    Level parent = levels.peek();
    if (parent == null) {
      levels.push(new Level(isList, 0, true));
      return;
    }
    if (parent.isList) {
      item();
      levels.push(new Level(isList, parent.indent + INDENT, true));
    } else {
      levels.push(new Level(isList, isList ? parent.indent : parent.indent + INDENT, false));
    }
  }

  /// Ends the collection that was begun last.
  public PythonYaml end() {
    Level level = levels.pop();
    if (level.isEmpty) {
      boolean afterKey = !level.onSameLine;
      write((afterKey ? " " : "") + (level.isList ? "[]" : "{}"));
    }
    if (levels.isEmpty()) {
      write(() -> writer.write('\n'));
    }
    return this;
  }

  /// Adds a key to a mapping; its value must follow.
  public PythonYaml key(String key) {
    startEntry();
    write(() -> scalar(key, 0, Folding.FORBIDDEN));
    write(":");
    return this;
  }

  /// Adds an entry to a mapping.
  public PythonYaml entry(String key, @Nullable Object value) {
    return key(key).value(value);
  }

  private void item() {
    startEntry();
    write("- ");
  }

  private void startEntry() {
    Level level = java.util.Objects.requireNonNull(levels.peek(), "no collection");
    if (!level.isEmpty || !level.onSameLine) {
      write(() -> out.newLine(level.indent));
    }
    level.isEmpty = false;
  }

  /// Writes an item or the value of a key: null, [Boolean], [Long], [Integer], [Double], [String],
  /// `byte[]`, [UUID], [YamlTime], [Timespan], [EncodedRegion], or a list or map of these.
  public PythonYaml value(@Nullable Object value) {
    switch (value) {
      case List<?> list -> {
        beginList();
        list.forEach(this::value);
        end();
      }
      case Map<?, ?> map -> {
        beginMapping();
        map.forEach((key, item) -> entry((String) key, item));
        end();
      }
      case Timespan timespan when !timespan.isEmpty() -> tagged(Tags.TIMESPAN, bounds(timespan));
      case EncodedRegion region ->
          tagged(
              "!<" + Tags.regionTag(Region.decode(region.bytes())) + ">",
              Map.of("encoded", HexFormat.of().formatHex(region.bytes())));
      case null, default -> leaf(value);
    }
    return this;
  }

  private static Map<String, @Nullable Object> bounds(Timespan timespan) {
    Map<String, @Nullable Object> bounds = new java.util.LinkedHashMap<>();
    bounds.put("begin", begin(timespan));
    bounds.put("end", end(timespan));
    return bounds;
  }

  /// The begin of a timespan as documents have it, null for none.
  public static @Nullable YamlTime begin(Timespan timespan) {
    return timespan.beginNanos() == Timespan.MIN_NANOS ? null : new YamlTime(timespan.beginNanos());
  }

  /// The end of a timespan as documents have it, null for none.
  public static @Nullable YamlTime end(Timespan timespan) {
    return timespan.endNanos() == Timespan.MAX_NANOS ? null : new YamlTime(timespan.endNanos());
  }

  private void tagged(String tag, Map<String, @Nullable Object> mapping) {
    Level parent = java.util.Objects.requireNonNull(levels.peek(), "no collection");
    if (parent.isList) {
      item();
    }
    write((parent.isList ? "" : " ") + tag);
    levels.push(new Level(false, parent.indent + INDENT, false));
    mapping.forEach(this::entry);
    levels.pop();
  }

  private void leaf(@Nullable Object value) {
    Level parent = java.util.Objects.requireNonNull(levels.peek(), "no collection");
    if (parent.isList) {
      item();
    } else {
      write(" ");
    }
    int indent = parent.indent + INDENT;
    write(() -> scalar(value, indent, Folding.ALLOWED));
  }

  private void scalar(@Nullable Object value, int indent, Folding folding) throws IOException {
    switch (value) {
      case null -> out.write("null");
      case Boolean flag -> out.write(flag.toString());
      case Long number -> out.write(number.toString());
      case Integer number -> out.write(number.toString());
      case Double number -> out.write(number(number));
      case String text -> text(text, indent, folding);
      case UUID id -> out.write(Tags.UUID_TAG + " '" + id + "'");
      case YamlTime time -> out.write(Tags.TIME + " '" + iso(time) + "'");
      case Timespan empty -> out.write(Tags.TIMESPAN + " '" + Tags.EMPTY_TIMESPAN + "'");
      case byte[] bytes -> binary(bytes, indent);
      default -> throw new IllegalArgumentException("No YAML for " + value.getClass());
    }
  }

  private void text(String text, int indent, Folding folding) throws IOException {
    ScalarAnalysis analysis = ScalarAnalysis.of(text);
    if (analysis.plain() && PlainScalars.isText(text)) {
      out.plain(text, indent);
    } else if (analysis.singleQuoted() && (folding == Folding.ALLOWED || !analysis.multiline())) {
      out.singleQuoted(text, indent, folding);
    } else {
      out.doubleQuoted(text, indent, folding);
    }
  }

  private void binary(byte[] bytes, int indent) throws IOException {
    out.write("!!binary ");
    if (bytes.length == 0) {
      out.write("\"\"");
    } else {
      String text = new String(BASE64.encode(bytes), StandardCharsets.US_ASCII);
      out.block(text.split("\n", -1), indent);
    }
  }

  /// A number as PyYAML writes it: Python's `repr`, with a point before an exponent.
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return ".nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0.0 ? ".inf" : "-.inf";
    }
    String text = equerry.sphere.PythonFloat.repr(value);
    return text.indexOf('.') < 0 ? text.replace("e", ".0e") : text;
  }

  private static String iso(YamlTime time) {
    return ISO.format(
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(time.nanos(), NANOS_PER_SECOND),
            Math.floorMod(time.nanos(), (int) NANOS_PER_SECOND),
            ZoneOffset.UTC));
  }

  /// Something that writes.
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private void write(String text) {
    write(() -> out.write(text));
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
