package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import equerry.api.file.Validation;
import equerry.datastore.location.ResourceUri;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of one datastore as it will be recorded, and what is to be done for it.
///
/// @param datastore name of the datastore
/// @param path path of the record
/// @param uri where the file will be, or is
/// @param work how it gets there
/// @param rows what is recorded of it
/// @param checksums whether its checksum is recorded
/// @param validation whether its size is recorded
record PlannedFile(
    String datastore,
    String path,
    ResourceUri uri,
    FileWork work,
    List<Row> rows,
    boolean checksums,
    Validation validation) {
  PlannedFile {
    rows = List.copyOf(rows);
  }

  /// A record without what only the file can tell.
  ///
  /// @param known a record of the file elsewhere, whose size and checksum are kept; null for none
  record Row(DatasetRef ref, String formatter, String fragment, @Nullable FileRecord known) {
    Row(DatasetRef ref, String formatter) {
      this(ref, formatter, "", null);
    }

    StoredFile record(String datastore, String path, long sizeBytes, @Nullable String checksum) {
      String name = ref.type().name();
      int dot = name.indexOf('.');
      FileRecord other = known;
      return new StoredFile(
          datastore,
          other != null
              ? new FileRecord(
                  ref.id(),
                  other.component(),
                  path + fragment,
                  other.formatter(),
                  other.storageClass(),
                  other.checksum(),
                  other.sizeBytes())
              : new FileRecord(
                  ref.id(),
                  dot < 0 ? null : name.substring(dot + 1),
                  path + fragment,
                  formatter,
                  ref.type().storageClass(),
                  checksum,
                  sizeBytes));
    }
  }

  /// The records of the file.
  List<StoredFile> records(long sizeBytes, @Nullable String checksum) {
    return rows.stream().map(row -> row.record(datastore, path, sizeBytes, checksum)).toList();
  }

  ArtifactPath artifact() {
    return new ArtifactPath(datastore, path);
  }
}
