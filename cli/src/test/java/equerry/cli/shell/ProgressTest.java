package equerry.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.cli.shell.Progress.Audience;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private ProgressBar bar() {
    return new ProgressBarBuilder()
        .setInitialMax(-1)
        .setConsumer(
            new ConsoleProgressBarConsumer(
                new PrintStream(shown, true, StandardCharsets.UTF_8), 79))
        .build();
  }

  private String after(int rows, Audience audience, Duration patience) {
    try (Progress progress = new Progress(this::bar, audience, patience)) {
      for (int i = 0; i < rows; i++) {
        progress.step();
      }
    }
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void countsTheRowsOfALongAnswer() {
    assertThat(after(1024, Audience.WATCHING, Duration.ZERO)).contains("1024");
  }

  @Test
  void isSilentForShortAnswersAndWithoutAudience() {
    assertThat(after(1024, Audience.WATCHING, Duration.ofHours(1))).isEmpty();
    assertThat(after(1024, Audience.NOBODY, Duration.ZERO)).isEmpty();
  }
}
