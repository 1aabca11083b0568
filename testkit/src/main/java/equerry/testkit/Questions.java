package equerry.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The questions about the demo repository with the answers of the stock package.
///
/// `src/main/python/ask_stock.py` writes the answers; run it after a change to the questions.
final class Questions {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();
  private static final Map<String, Object> QUESTIONS = read("questions.json");
  private static final Map<String, Object> ANSWERS = read("demo-answers.json.gz");
  private static final Map<String, Object> VARIANTS = read("variant-answers.json.gz");

  private Questions() {}

  private static Map<String, Object> read(String resource) {
    try (InputStream raw = Objects.requireNonNull(Questions.class.getResourceAsStream(resource));
        InputStream text = resource.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      return Question.object(JSON.readValue(text, Object.class));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// The names of the repositories with old schemas and universes.
  static List<String> variants() {
    return VARIANTS.keySet().stream().sorted().toList();
  }

  /// The questions about such a repository.
  static List<Question> ofVariant(String variant) {
    return of("variants", Question.object(VARIANTS.get(variant)));
  }

  /// The questions of a suite.
  ///
  /// @throws IllegalStateException when the answer to one has not been asked for yet
  static List<Question> of(String suite) {
    return of(suite, Question.object(ANSWERS.get(suite)));
  }

  private static List<Question> of(String suite, Map<String, Object> answers) {
    List<?> asked = (List<?>) Objects.requireNonNull(QUESTIONS.get(suite));
    return asked.stream().map(fields -> question(Question.object(fields), answers)).toList();
  }

  private static Question question(Map<String, Object> fields, Map<String, Object> answers) {
    String name = String.valueOf(fields.get("name"));
    if (!answers.containsKey(name)) {
      throw new IllegalStateException("No answer to '" + name + "': run ask_stock.py.");
    }
    return new Question(name, fields, answers.get(name));
  }
}
