package equerry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.Changes;
import equerry.api.WritableButler;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;

/// What suites of changes have in common: a butler on a copy of the demo repository, and the rule
/// that an error says what it is about and not how tables are made.
public abstract class EditsContract {
  /// A butler on a copy of the demo repository that no other test has changed.
  protected abstract WritableButler butler();

  /// Makes a change.
  final void write(Consumer<Changes> work) {
    butler()
        .write(
            changes -> {
              work.accept(changes);
              return true;
            });
  }

  /// Asserts that a change is refused.
  ///
  /// @param parts what the message must have
  final void refuses(
      Class<? extends ButlerException> category,
      ErrorCode code,
      Consumer<Changes> work,
      String... parts) {
    assertThatThrownBy(() -> write(work))
        .isInstanceOf(category)
        .asInstanceOf(InstanceOfAssertFactories.type(ButlerException.class))
        .satisfies(
            failure -> {
              assertThat(failure.code()).as(failure.detail()).isEqualTo(code);
              Stream.of(parts).forEach(part -> assertThat(failure.detail()).contains(part));
              assertThat(failure.detail())
                  .doesNotContain("INSERT", "SELECT", "Exception", "violates");
            });
  }
}
