package equerry.api.transfer;

import equerry.api.Butler;
import equerry.api.file.FileSource;
import equerry.api.file.TransferMode;

/// Datasets to take over from another repository.
///
/// @param source the butler that has them
/// @param files where their files can be read
/// @param datasets which; those without files are passed over
/// @param mode how files come in: `direct` records where they are now, all others give them the path
///     that they have in the source
/// @param types what to do with dataset types that are not there
/// @param records whether dimension records come along
public record TransferRequest(
    Butler source,
    FileSource files,
    DatasetSelection datasets,
    TransferMode mode,
    Types types,
    Records records) {

  /// What to do with dataset types that the repository lacks.
  public enum Types {
    REGISTER,
    REFUSE
  }

  /// What to do with the dimension records of the datasets.
  public enum Records {
    /// They are inserted where they are missing.
    TRANSFER,
    /// They must be there already.
    EXPECT
  }
}
