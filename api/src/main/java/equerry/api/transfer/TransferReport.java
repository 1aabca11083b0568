package equerry.api.transfer;

/// What came over.
///
/// @param datasets datasets that were asked for and have files
/// @param files those whose files came; the others had theirs already
/// @param skipped datasets that were asked for and have no files in the source
public record TransferReport(long datasets, long files, long skipped) {}
