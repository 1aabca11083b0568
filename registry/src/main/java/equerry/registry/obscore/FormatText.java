package equerry.registry.obscore;

import equerry.api.text.FormatSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A text with fields to fill in, as Python's `str.format` does: `{visit:08d}`,
/// `{records[visit].name}`, `{{` for a brace. The source is the Python Library Reference, "Format
/// String Syntax".
///
/// What is left out, and refused when the text is read: fields without a name, conversions but `!s`,
/// and what [FormatSpec] leaves out.
final class FormatText {
  /// How deep fields may stand in the format of a field, as in Python.
  private static final int MAX_DEPTH = 2;

  private final String source;
  private final List<Part> parts;

  private FormatText(String source, List<Part> parts) {
    this.source = source;
    this.parts = List.copyOf(parts);
  }

  /// A piece of the text.
  private sealed interface Part {}

  private record Literal(String text) implements Part {}

  private record Field(String name, List<Step> path, FormatText spec) implements Part {}

  /// A step from a value to a part of it: `.name` or `[name]`.
  private record Step(String name, boolean isIndex) {}

  /// Tells that a value does not have what a field asks of it.
  static final class UnfitValue extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitValue(String message) {
      super(message);
    }
  }

  /// A value with parts that fields can ask for.
  interface Parts {
    /// A part by its name.
    ///
    /// @throws UnfitValue when there is none
    @Nullable Object part(String name) throws UnfitValue;
  }

  /// Reads a text.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  static FormatText of(String source) {
    return new FormatText(source, new Parser(source, 0).parse());
  }

  String source() {
    return source;
  }

  /// Whether the text is one field that stands for a dimension's value, such as `{exposure}`.
  Optional<String> soleField() {
    return parts.size() == 1
            && parts.getFirst() instanceof Field field
            && field.path().isEmpty()
            && source.length() == field.name().length() + 2
        ? Optional.of(field.name())
        : Optional.empty();
  }

  /// Fills the fields in.
  ///
  /// @param values the values by name: what [FormatSpec#format] takes, [Parts], or maps of these,
  ///     which `[name]` looks into
  /// @return empty when there is no value of a name, in `values` or in a map
  /// @throws UnfitValue when a value does not have what a field asks of it
  Optional<String> fill(Map<String, ? extends @Nullable Object> values) throws UnfitValue {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> text.append(literal.text());
        case Field field -> {
          Optional<String> filled = fill(field, values);
          if (filled.isEmpty()) {
            return filled;
          }
          text.append(filled.get());
        }
      }
    }
    return Optional.of(text.toString());
  }

  private static Optional<String> fill(Field field, Map<String, ? extends @Nullable Object> values)
      throws UnfitValue {
    Map<?, ?> map = values;
    if (!map.containsKey(field.name())) {
      return Optional.empty();
    }
    Object value = map.get(field.name());
    for (Step step : field.path()) {
      if (step.isIndex() && value instanceof Map<?, ?> inner) {
        if (!inner.containsKey(step.name())) {
          return Optional.empty();
        }
        value = inner.get(step.name());
      } else {
        value = step(field, step, value);
      }
    }
    Optional<String> spec = field.spec().fill(values);
    return spec.isEmpty() ? spec : Optional.of(format(field, value, spec.get()));
  }

  private static @Nullable Object step(Field field, Step step, @Nullable Object value)
      throws UnfitValue {
    switch (value) {
      case Parts parts when !step.isIndex() -> {
        return parts.part(step.name());
      }
      case UUID id when !step.isIndex() && step.name().equals("hex") -> {
        return id.toString().replace("-", "");
      }
      case String text when step.isIndex() && step.name().matches("[0-9]{1,6}") -> {
        int index = Integer.parseInt(step.name());
        if (index < text.codePointCount(0, text.length())) {
          return Character.toString(text.codePointAt(text.offsetByCodePoints(0, index)));
        }
      }
      case null, default -> {}
    }
    throw new UnfitValue("field '%s' has no part '%s'".formatted(field.name(), step.name()));
  }

  private static String format(Field field, @Nullable Object value, String spec) throws UnfitValue {
    return FormatSpec.parse(spec)
        .filter(parsed -> !(value instanceof Parts) && !(value instanceof Map))
        .flatMap(parsed -> parsed.format(value))
        .orElseThrow(
            () ->
                new UnfitValue(
                    "the value of field '%s' cannot be written with the format '%s'"
                        .formatted(field.name(), spec)));
  }

  /// Takes a text apart.
  private static final class Parser {
    private final String source;
    private final int depth;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    Parser(String source, int depth) {
      this.source = source;
      this.depth = depth;
    }

    List<Part> parse() {
      while (at < source.length()) {
        char c = source.charAt(at++);
        // Within the format of a field, braces are not doubled.
        if (depth == 0
            && (c == '{' || c == '}')
            && at < source.length()
            && source.charAt(at) == c) {
          literal.append(c);
          at++;
        } else if (c == '{') {
          endLiteral();
          parts.add(field(inner()));
        } else if (c == '}') {
          throw new IllegalArgumentException("a single '}' stands in it");
        } else {
          literal.append(c);
        }
      }
      endLiteral();
      return parts;
    }

    private void endLiteral() {
      if (!literal.isEmpty()) {
        parts.add(new Literal(literal.toString()));
        literal.setLength(0);
      }
    }

    /// The text up to the brace that closes the one before; a `[name]` may hold braces.
    private String inner() {
      int start = at;
      int open = 1;
      boolean inIndex = false;
      boolean inSpec = false;
      while (at < source.length()) {
        char c = source.charAt(at++);
        if (inIndex) {
          inIndex = c != ']';
        } else if (c == '[' && !inSpec) {
          inIndex = true;
        } else if (c == ':') {
          inSpec = true;
        } else if (c == '{') {
          open++;
        } else if (c == '}' && --open == 0) {
          return source.substring(start, at - 1);
        }
      }
      throw new IllegalArgumentException("a '{' is not closed");
    }

    private Field field(String text) {
      if (depth == MAX_DEPTH) {
        throw new IllegalArgumentException("fields stand in each other too deep");
      }
      int end = nameEnd(text);
      String spec = end < text.length() && text.charAt(end) == ':' ? text.substring(end + 1) : "";
      if (end < text.length() && text.charAt(end) == '!') {
        if (!text.startsWith("!s", end) || !text.substring(end + 2).matches("(?s)(:.*)?")) {
          throw new IllegalArgumentException("field '" + text + "' has a conversion other than !s");
        }
        spec = text.length() > end + 2 ? text.substring(end + 3) : "";
        if (!spec.isEmpty()) {
          throw new IllegalArgumentException("field '" + text + "' has a conversion and a format");
        }
      }
      FormatText parsedSpec = new FormatText(spec, new Parser(spec, depth + 1).parse());
      if (parsedSpec.parts.stream().allMatch(Literal.class::isInstance)
          && FormatSpec.parse(spec).isEmpty()) {
        throw new IllegalArgumentException("the format '" + spec + "' is not known");
      }
      return named(text.substring(0, end), parsedSpec);
    }

    private static int nameEnd(String text) {
      boolean inIndex = false;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (inIndex) {
          inIndex = c != ']';
        } else if (c == '[') {
          inIndex = true;
        } else if (c == ':' || c == '!') {
          return i;
        }
      }
      return text.length();
    }

    private static Field named(String text, FormatText spec) {
      int end = stepStart(text, 0);
      String name = text.substring(0, end);
      if (name.isEmpty() || name.chars().allMatch(Character::isDigit)) {
        throw new IllegalArgumentException("field '" + text + "' has no name");
      }
      List<Step> path = new ArrayList<>();
      while (end < text.length()) {
        boolean isIndex = text.charAt(end) == '[';
        int close = isIndex ? text.indexOf(']', end) : stepStart(text, end + 1);
        String step = close < 0 ? "" : text.substring(end + 1, close);
        if (step.isEmpty() || (!isIndex && text.charAt(end) != '.')) {
          throw new IllegalArgumentException("field '" + text + "' is malformed");
        }
        path.add(new Step(step, isIndex));
        end = isIndex ? close + 1 : close;
      }
      return new Field(name, List.copyOf(path), spec);
    }

    private static int stepStart(String text, int from) {
      for (int i = from; i < text.length(); i++) {
        if (text.charAt(i) == '.' || text.charAt(i) == '[') {
          return i;
        }
      }
      return text.length();
    }
  }
}
