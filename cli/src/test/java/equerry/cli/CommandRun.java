package equerry.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// What a command of ours did, run in this process.
///
/// @param exit its exit code
/// @param out its standard output
/// @param err its standard error
public record CommandRun(int exit, String out, String err) {
  /// Runs a command line.
  public static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = line.execute(arguments);
    return new CommandRun(exit, out.toString(), err.toString());
  }
}
