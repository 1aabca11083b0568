package equerry.datastore.write;

import equerry.api.file.StoredFile;

/// A file as records name it, without the fragment that names a member of a zip file.
///
/// @param datastore name of the datastore, as `dataset_location` has it
/// @param path path of the record up to its last `#`
public record ArtifactPath(String datastore, String path) {
  /// The file that a record is about.
  public static ArtifactPath of(StoredFile file) {
    String path = file.record().path();
    int hash = path.lastIndexOf('#');
    return new ArtifactPath(file.datastore(), hash < 0 ? path : path.substring(0, hash));
  }
}
