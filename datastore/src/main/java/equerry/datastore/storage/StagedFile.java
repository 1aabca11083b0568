package equerry.datastore.storage;

/// A file that is written but not visible yet.
public interface StagedFile {
  /// Its size.
  long sizeBytes();

  /// Makes it visible under its name, in one step; a file of that name is replaced.
  void place();

  /// Removes it, be it placed or not. A file that someone else has put in its place stays.
  void undo();
}
