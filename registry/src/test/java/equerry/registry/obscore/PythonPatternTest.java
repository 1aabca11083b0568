package equerry.registry.obscore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Patterns match what they match in Python (`interop/make_obscore_resources.py` asks it).
class PythonPatternTest {
  /// A pattern and the texts that it matches as a whole.
  record Case(String pattern, List<String> matches) {}

  /// Everything that is recorded.
  record Recorded(List<String> texts, List<Case> cases) {}

  @TestFactory
  List<DynamicTest> matchesAsInPython() throws IOException {
    try (InputStream json =
        Objects.requireNonNull(PythonPatternTest.class.getResourceAsStream("patterns.json"))) {
      Recorded recorded = new JsonMapper().readValue(json.readAllBytes(), Recorded.class);
      return recorded.cases().stream()
          .map(
              one ->
                  DynamicTest.dynamicTest(
                      "'" + one.pattern() + "'",
                      () -> {
                        Pattern pattern = PythonPattern.compile(one.pattern());
                        assertThat(recorded.texts())
                            .filteredOn(text -> pattern.matcher(text).matches())
                            .isEqualTo(one.matches());
                      }))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[a", "a\\", "\\h", "(?(1)a|b)", "(?a)b", "*"})
  void refusesWhatIsMalformedOrUnknown(String pattern) {
    assertThatThrownBy(() -> PythonPattern.compile(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
