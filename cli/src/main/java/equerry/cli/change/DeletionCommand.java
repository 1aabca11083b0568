package equerry.cli.change;

import equerry.cli.change.DeletionOptions.Mode;
import picocli.CommandLine.Mixin;

/// What the commands have in common that delete something: they tell what, ask, and do it.
abstract class DeletionCommand extends ChangeCommand {
  @Mixin private DeletionOptions options = new DeletionOptions();
  private Mode mode = Mode.ASK;

  @Override
  protected void check() {
    mode = options.mode(this);
  }

  boolean isWithoutQuestion() {
    return mode == Mode.GO;
  }

  /// Tells what will be deleted.
  ///
  /// @return whether to delete it
  boolean isOn(Told what) {
    tell(what);
    return DeletionOptions.isOn(mode, this, err());
  }
}
