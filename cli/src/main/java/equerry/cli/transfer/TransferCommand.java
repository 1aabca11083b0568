package equerry.cli.transfer;

import equerry.cli.shell.ShellCommand;

/// What the commands that move datasets have in common.
abstract class TransferCommand extends ShellCommand {
  /// A listener that shows how it goes, to be closed.
  TransferProgress progress() {
    return TransferProgress.onError(err());
  }
}
