package equerry.datastore.zip;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// A zip file of datasets on this machine.
public final class DatasetZip implements Closeable {
  /// The largest index that is read.
  static final int MAX_INDEX_BYTES = 256 << 20;

  private final ZipFile file;

  private DatasetZip(ZipFile file) {
    this.file = file;
  }

  /// Opens a zip file.
  ///
  /// @throws ButlerException.Invalid (zip_index) when it is none
  public static DatasetZip open(Path path) throws IOException {
    try {
      return new DatasetZip(new ZipFile(path.toFile()));
    } catch (ZipException e) {
      throw ZipFaults.invalid("it is no zip file", e);
    }
  }

  /// Reads its index and checks that every file of it is there, with its size.
  ///
  /// @throws ButlerException.Invalid (zip_index) when there is no good one
  public ZipIndex readIndex(DimensionUniverse universe) throws IOException {
    ZipEntry entry = file.getEntry(ZipIndex.NAME);
    if (entry == null) {
      throw ZipFaults.invalid("it has no member " + ZipIndex.NAME);
    }
    try (InputStream in = file.getInputStream(entry)) {
      byte[] json = in.readNBytes(MAX_INDEX_BYTES + 1);
      if (json.length > MAX_INDEX_BYTES) {
        throw ZipFaults.invalid("its index is larger than " + MAX_INDEX_BYTES + " bytes");
      }
      ZipIndex index = ZipIndexReader.read(json, universe);
      index.members().forEach(this::check);
      return index;
    }
  }

  private void check(String name, ZipIndex.Member member) {
    ZipEntry entry = file.getEntry(name);
    if (entry == null || entry.isDirectory()) {
      throw ZipFaults.invalid("it has no member '" + name + "', which its index names");
    }
    if (name.indexOf('#') >= 0 || name.startsWith("/") || name.contains("..")) {
      throw ZipFaults.invalid("its member '" + name + "' has an unsafe name");
    }
    long said = member.record().sizeBytes();
    if (said >= 0 && entry.getSize() >= 0 && said != entry.getSize()) {
      throw ZipFaults.invalid(
          "its member '" + name + "' has " + entry.getSize() + " bytes, not " + said);
    }
  }

  /// Opens a member.
  public InputStream open(String member) throws IOException {
    ZipEntry entry = file.getEntry(member);
    if (entry == null) {
      throw ZipFaults.invalid("it has no member '" + member + "'");
    }
    return file.getInputStream(entry);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /// Opens the bytes of a member that is being written.
  @FunctionalInterface
  public interface Members {
    InputStream open(String member) throws IOException;
  }

  /// Writes a zip file: its index first, then each member as it is.
  public static void write(Path path, ZipIndex index, Members members) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(ZipIndex.NAME));
      zip.write(ZipIndexWriter.write(index));
      zip.closeEntry();
      // Datasets are compressed already, or read at random places.
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (Map.Entry<String, ZipIndex.Member> entry : index.members().entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        try (InputStream in = members.open(entry.getKey())) {
          in.transferTo(zip);
        }
        zip.closeEntry();
      }
    }
  }

  /// The index as it is written.
  public static byte[] indexBytes(ZipIndex index) {
    return ZipIndexWriter.write(index);
  }
}
