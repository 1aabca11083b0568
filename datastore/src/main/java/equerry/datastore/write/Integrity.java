package equerry.datastore.write;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileRecord;
import equerry.datastore.location.PathText;
import equerry.datastore.storage.FileFaults;
import java.io.IOException;

/// Compares a file that is brought out of a datastore with its record, as readers of the stock package
/// do with its size.
final class Integrity {
  private Integrity() {}

  /// @throws ButlerException.Unavailable (file_integrity) when the record says another size
  static void checkSize(FileRecord record, long sizeBytes) {
    if (record.sizeBytes() >= 0 && sizeBytes != record.sizeBytes()) {
      throw changed(
          record, "has %d bytes, and its record says %d".formatted(sizeBytes, record.sizeBytes()));
    }
  }

  /// @throws ButlerException.Unavailable (file_integrity) when the record says another checksum
  static void checkSum(FileRecord record, ChecksumSource read) {
    try {
      if (record.checksum() != null && !record.checksum().equalsIgnoreCase(read.hex())) {
        throw changed(record, "has another checksum than its record says");
      }
    } catch (IOException unreadable) {
      throw FileFaults.reading(record.path(), unreadable);
    }
  }

  private static ButlerException changed(FileRecord record, String how) {
    return new ButlerException.Unavailable(
        ErrorCode.FILE_INTEGRITY,
        "The file '"
            + PathText.name(record.path())
            + "' of dataset "
            + record.datasetId()
            + " "
            + how
            + ": it was changed or cut off after it was stored. It is not brought out; put it back from"
            + " where it came from.",
        null);
  }
}
