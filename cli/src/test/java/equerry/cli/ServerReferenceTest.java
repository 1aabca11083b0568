package equerry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.server.settings.LimitNames;
import equerry.server.settings.Limits;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// `docs/reference/server.md` has every option of `equerry serve` and every limit with its default.
class ServerReferenceTest {
  private static final Path FILE = Path.of("..", "docs", "reference", "server.md");
  private static final Pattern LIMIT = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (\\d+) \\|");

  @Test
  void everyOptionIsDescribed() throws IOException {
    String text = Files.readString(FILE);
    CommandLine serve = Objects.requireNonNull(Main.commandLine().getSubcommands().get("serve"));
    for (OptionSpec option : serve.getCommandSpec().options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        assertThat(text).contains("`" + option.longestName());
      }
    }
  }

  @Test
  void everyLimitIsDescribedWithItsDefault() throws Exception {
    List<String> described = new ArrayList<>();
    List<Long> defaults = new ArrayList<>();
    Matcher rows = LIMIT.matcher(Files.readString(FILE));
    while (rows.find()) {
      described.add(rows.group(1));
      defaults.add(Long.valueOf(rows.group(2)));
    }
    assertThat(described).containsExactlyElementsOf(LimitNames.all());
    List<Long> real = new ArrayList<>();
    for (RecordComponent component : Limits.class.getRecordComponents()) {
      Object value = component.getAccessor().invoke(Limits.DEFAULT);
      real.add(value instanceof Duration time ? time.toSeconds() : ((Number) value).longValue());
    }
    assertThat(defaults).isEqualTo(real);
  }
}
