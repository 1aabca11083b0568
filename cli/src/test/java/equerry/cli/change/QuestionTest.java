package equerry.cli.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
  private final StringWriter shown = new StringWriter();

  private boolean answered(String text) {
    return new Question(new BufferedReader(new StringReader(text)), new PrintWriter(shown))
        .isAnsweredYes("Continue?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"y\n", "yes\n", "Y\n", " YES \n", "y"})
  void yesIsYes(String text) {
    assertThat(answered(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "n\n", "no\n", "yep\n", "oui\n", "n\ny\n"})
  void allElseIsNo(String text) {
    assertThat(answered(text)).isFalse();
  }

  @Test
  void theQuestionSaysWhatNoAnswerMeans() {
    answered("");
    assertThat(shown.toString()).isEqualTo("Continue? [y/N]: ");
  }
}
