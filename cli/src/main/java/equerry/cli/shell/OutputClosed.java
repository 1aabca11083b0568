package equerry.cli.shell;

/// Nobody reads the output any more, as when it goes to `head`: no fault, only a reason to end.
public final class OutputClosed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputClosed() {
    super("The output is closed");
  }
}
