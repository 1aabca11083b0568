package equerry.datastore.zip;

import equerry.api.dataset.DatasetRef;
import equerry.api.file.FileRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/// What the member `_butler_zip_index.json` of a zip file of datasets says.
///
/// @param refs the datasets, with the dimension records that the index has, if it has any
/// @param members each file in the zip file by its name there, in the order of the index
public record ZipIndex(List<DatasetRef> refs, Map<String, Member> members) {
  /// Name of the index in the zip file.
  public static final String NAME = "_butler_zip_index.json";

  /// The namespace of the stock package's name-based UUIDs.
  private static final UUID NAMESPACE = UUID.fromString("840b31d9-05cd-5161-b2c8-00d32b280d0f");

  public ZipIndex {
    refs = List.copyOf(refs);
    members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
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

  /// The name of the zip file: a UUID of version 5 of the names of its members in the order of their
  /// code points, joined by commas.
  public String fileName() {
    TreeSet<String> names = new TreeSet<>(ZipIndex::compareCodePoints);
    names.addAll(members.keySet());
    return uuid5(String.join(",", names)) + ".zip";
  }

  /// Where the zip file lies below the root of a datastore.
  public String pathInStore() {
    return "zips/" + fileName().substring(0, 4) + "/" + fileName();
  }

  private static int compareCodePoints(String a, String b) {
    return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }

  /// RFC 9562, section 5.5.
  private static UUID uuid5(String name) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(
          ByteBuffer.allocate(16)
              .putLong(NAMESPACE.getMostSignificantBits())
              .putLong(NAMESPACE.getLeastSignificantBits())
              .flip());
      ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
      long high = hash.getLong() & ~0xf000L | 0x5000L;
      long low = hash.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-1", e);
    }
  }
}
