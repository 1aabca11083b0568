package equerry.api.transfer;

/// Hears how a transfer gets on. Called by the thread that runs it, often.
public interface TransferListener {
  /// Nobody listens.
  TransferListener NONE = new TransferListener() {};

  /// What is being done.
  enum Step {
    /// A document is read and checked.
    CHECKING,
    RECORDS,
    DATASETS,
    FILES,
    /// Members of TAGGED and CALIBRATION collections.
    ASSOCIATIONS
  }

  /// Some more has been done.
  ///
  /// @param done how many of the step so far
  /// @param total how many there will be, -1 when that is not known
  default void advanced(Step step, long done, long total) {}

  /// Something was done in another way than its source says.
  default void warned(String message) {}
}
