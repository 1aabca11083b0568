package equerry.testkit;

import equerry.api.time.Timespan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A question about the demo repository and what the stock package answers.
///
/// @param name what it is about, unique in its suite
/// @param fields what is asked, as `questions.json` has it; `kind` says how
/// @param answer what the stock package said; a map with `error` and `text` for a fault
public record Question(String name, Map<String, Object> fields, @Nullable Object answer) {

  public String kind() {
    return text("kind");
  }

  /// A text that this kind of question must have.
  public String text(String field) {
    if (fields.get(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("The question '" + name + "' has no text " + field);
  }

  /// A text, empty if there is none.
  public String textOrEmpty(String field) {
    return fields.get(field) instanceof String text ? text : "";
  }

  /// Texts, none if the question does not have them.
  public List<String> texts(String field) {
    return texts(fields.get(field));
  }

  static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String.class::cast).toList()
        : List.of();
  }

  /// An object, empty if the question does not have it.
  public Map<String, Object> object(String field) {
    return object(fields.get(field));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  public boolean has(String field) {
    return fields.containsKey(field);
  }

  /// A truth, or what stands for it where the question says nothing.
  public Truth truth(String field, Truth otherwise) {
    return fields.get(field) instanceof Boolean value ? Truth.of(value) : otherwise;
  }

  /// A yes or no of a question.
  public enum Truth {
    YES,
    NO;

    static Truth of(boolean value) {
      return value ? YES : NO;
    }

    public boolean isYes() {
      return this == YES;
    }
  }

  public boolean isTrue(String field) {
    return truth(field, Truth.NO).isYes();
  }

  public @Nullable Long limit() {
    return fields.get("limit") instanceof Long limit ? limit : null;
  }

  /// The timespan of a look-up.
  public @Nullable Timespan timespan() {
    return timespan(fields.get("timespan"));
  }

  static @Nullable Timespan timespan(@Nullable Object value) {
    if (value instanceof List<?> ends) {
      return new Timespan(
          ends.getFirst() instanceof Long begin ? begin : Timespan.MIN_NANOS,
          ends.getLast() instanceof Long end ? end : Timespan.MAX_NANOS);
    }
    return value == null ? null : Timespan.EMPTY;
  }

  /// A part of the question that is asked like one itself.
  Question part(String field) {
    return new Question(name + " (" + field + ")", object(field), null);
  }

  @Override
  public String toString() {
    return name;
  }
}
