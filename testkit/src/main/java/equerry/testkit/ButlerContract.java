package equerry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import equerry.api.Butler;
import equerry.api.error.ButlerException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// What all contract suites have in common: a butler that is open on the demo repository, and the
/// rule that a test leaves nothing behind.
///
/// A suite is run by a class that extends it.
public abstract class ButlerContract {
  /// A butler on the demo repository; the same one may be given to every test.
  protected abstract Butler butler();

  /// How many connections, cursors or requests of the butler are in use.
  protected abstract int inUse();

  /// What the butler must answer where the stock package answers this: the same, but for what an
  /// implementation cannot know.
  protected @Nullable Object expected(@Nullable Object answer) {
    return answer;
  }

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(inUse()).as("connections that are still in use").isZero();
  }

  /// Asks the butler; the answer is in the neutral form of [Answers].
  @Nullable Object ask(Question question) {
    return new Asking(butler()).ask(question);
  }

  /// Asserts that the butler answers as the stock package does.
  final void check(Question question) {
    if (question.answer() instanceof Map<?, ?> fault && fault.get("error") instanceof String code) {
      checkFault(question, code, start(question, fault));
    } else {
      checkAnswer(question, ask(question));
    }
  }

  /// How the message must start: as the package's, as the question says, or in any way.
  private static String start(Question question, Map<?, ?> fault) {
    return question.isTrue("text")
        ? String.valueOf(fault.get("text"))
        : question.textOrEmpty("text");
  }

  private void checkAnswer(Question question, @Nullable Object answer) {
    if (answer instanceof List<?> rows && isUnordered(question)) {
      assertThat(rows)
          .asInstanceOf(InstanceOfAssertFactories.list(Object.class))
          .containsExactlyInAnyOrderElementsOf((List<?>) expected(question.answer()));
    } else {
      assertThat(answer).isEqualTo(expected(question.answer()));
    }
  }

  private static boolean isUnordered(Question question) {
    return switch (question.kind()) {
      case "data_ids", "records", "refs", "general" -> question.texts("orderBy").isEmpty();
      case "all_datasets" -> true;
      default -> question.isTrue("unordered");
    };
  }

  /// The stock package's `unknown` faults have no code of the protocol: any fault of the caller will
  /// do.
  private void checkFault(Question question, String wireName, String text) {
    Throwable fault = catchThrowable(() -> ask(question));
    assertThat(fault)
        .as("a fault with the code %s", wireName)
        .isInstanceOfAny(ButlerException.NotFound.class, ButlerException.Invalid.class);
    if (fault instanceof ButlerException known) {
      if (!wireName.equals("unknown")) {
        assertThat(known.code().wireName()).as(known.detail()).isEqualTo(wireName);
      }
      assertThat(known.detail()).startsWith(text).doesNotContain("SELECT", "Exception");
    }
  }
}
