package equerry.cli.change;

import equerry.cli.shell.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Asks whether to go on.
///
/// @param in where the answer comes from
/// @param out where the question goes
record Question(BufferedReader in, PrintWriter out) {
  /// A question on standard input, whose end must be a terminal.
  static Question onTerminal(PrintWriter out) {
    return new Question(
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())), out);
  }

  /// Whether the answer is yes; anything else, also none, is no.
  boolean isAnsweredYes(String text) {
    out.print(text + " [y/N]: ");
    out.flush();
    try {
      @Nullable String answer = in.readLine();
      return answer != null
          && switch (answer.strip().toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> true;
            default -> false;
          };
    } catch (IOException unreadable) {
      throw new CommandFailure("The answer cannot be read. Nothing was changed.", unreadable);
    }
  }
}
