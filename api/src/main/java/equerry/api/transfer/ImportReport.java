package equerry.api.transfer;

/// What a document held. What the repository had already counts as well.
///
/// @param records dimension records
/// @param datasets datasets
/// @param associations members of TAGGED and CALIBRATION collections
public record ImportReport(long records, long datasets, long associations) {}
