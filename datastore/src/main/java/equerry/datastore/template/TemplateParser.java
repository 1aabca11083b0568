package equerry.datastore.template;

import equerry.api.text.FormatSpec;
import equerry.datastore.template.TemplatePart.FieldName;
import equerry.datastore.template.TemplatePart.Presence;
import equerry.datastore.template.TemplatePart.Slashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes a template apart as Python's `string.Formatter` does: `{{` and `}}` are braces, and each
/// ends the text that an optional field takes along when it is missing.
final class TemplateParser {
  private final String template;
  private final List<TemplatePart> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private int at;

  private TemplateParser(String template) {
    this.template = template;
  }

  /// The parts of a template.
  ///
  /// @throws IllegalArgumentException saying what is wrong, as the end of a sentence
  static List<TemplatePart> parse(String template) {
    return new TemplateParser(template).parse();
  }

  private List<TemplatePart> parse() {
    while (at < template.length()) {
      char c = template.charAt(at);
      boolean doubled = at + 1 < template.length() && template.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        literal.append(c);
        at += 2;
        endText();
      } else if (c == '{') {
        readField();
      } else if (c == '}') {
        throw new IllegalArgumentException("has a '}' without a '{'");
      } else {
        literal.append(c);
        at++;
      }
    }
    endText();
    return List.copyOf(parts);
  }

  private void endText() {
    if (!literal.isEmpty()) {
      parts.add(new TemplatePart.Text(takeLiteral()));
    }
  }

  private void readField() {
    int end = template.indexOf('}', at);
    if (end < 0) {
      throw new IllegalArgumentException("has a '{' without a '}'");
    }
    String field = template.substring(at + 1, end);
    at = end + 1;
    if (field.indexOf('{') >= 0 || field.indexOf('[') >= 0) {
      throw new IllegalArgumentException("has a '{' or '[' within the field '" + field + "'");
    }
    int colon = field.indexOf(':');
    String names = colon < 0 ? field : field.substring(0, colon);
    String spec = colon < 0 ? "" : field.substring(colon + 1);
    if (names.endsWith("!s")) {
      names = names.substring(0, names.length() - 2);
      spec = spec.isEmpty() ? "s" : spec;
    }
    parts.add(
        new TemplatePart.Field(
            takeLiteral(),
            Arrays.stream(names.split("\\|", -1)).map(TemplateParser::name).toList(),
            spec.indexOf('?') >= 0 ? Presence.OPTIONAL : Presence.REQUIRED,
            spec.indexOf('/') >= 0 ? Slashes.KEPT : Slashes.REPLACED,
            spec(spec)));
  }

  private static FieldName name(String text) {
    FieldName name = FieldName.of(text);
    boolean dotted = text.indexOf('.') >= 0;
    if (name.base().isEmpty()
        || dotted && name.column().isEmpty()
        || name.column().indexOf('.') >= 0
        || text.indexOf('!') >= 0) {
      throw new IllegalArgumentException("has a field of the name '" + text + "'");
    }
    return name;
  }

  private static FormatSpec spec(String written) {
    String plain = written.replace("?", "").replace("/", "");
    return FormatSpec.parse(plain)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "has the format '" + plain + "', which names of files have no use for"));
  }

  private String takeLiteral() {
    String text = literal.toString();
    literal.setLength(0);
    return text;
  }
}
