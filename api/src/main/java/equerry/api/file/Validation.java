package equerry.api.file;

/// Whether sizes and checksums of ingested files are recorded, to be checked by readers.
public enum Validation {
  RECORDED,
  /// The size is recorded as unknown and the file is not looked at.
  SKIPPED
}
