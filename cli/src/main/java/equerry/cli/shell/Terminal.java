package equerry.cli.shell;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Asks the system whether somebody watches a stream: [java.io.Console] tells nothing of standard
/// error.
public final class Terminal {
  private static final int IN = 0;
  private static final int OUT = 1;
  private static final int ERR = 2;

  private Terminal() {}

  /// Whether standard input is a terminal; false where that cannot be told.
  public static boolean isIn() {
    return isTerminal(IN);
  }

  /// Whether standard output is a terminal; false where that cannot be told.
  public static boolean isOut() {
    return isTerminal(OUT);
  }

  /// Whether standard error is a terminal; false where that cannot be told.
  public static boolean isErr() {
    return isTerminal(ERR);
  }

  /// POSIX `isatty`.
  private static boolean isTerminal(int descriptor) {
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle isatty =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("isatty"),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      return (int) isatty.invokeExact(descriptor) == 1;
    } catch (Throwable unsupported) {
      return false;
    }
  }
}
