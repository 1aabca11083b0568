package equerry.datastore.zip;

import equerry.api.dataset.DatasetRef;
import equerry.api.file.FileRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What the member `_butler_zip_index.json` of a zip file of datasets says.
///
/// @param refs the datasets, with the dimension records that the index has, if it has any
/// @param members each member of the zip file
public record ZipIndex(List<DatasetRef> refs, Map<String, Member> members) {
  /// Name of the index in the zip file.
  public static final String NAME = "_butler_zip_index.json";

  public ZipIndex {
    refs = List.copyOf(refs);
    members = Map.copyOf(members);
  }

  /// A file in the zip file.
  ///
  /// @param record what the datastore remembered of it; its id is that of one of the datasets
  /// @param ids the datasets in it
  public record Member(FileRecord record, List<UUID> ids) {
    public Member {
      ids = List.copyOf(ids);
    }
  }
}
