package equerry.api.dataset;

import equerry.api.dataset.DatasetEdits.IdMode;
import equerry.api.dimension.DataId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes the identities of new datasets of one type and run, as the stock package makes them. Asks no
/// registry. Safe for use by many threads.
public final class DatasetIds {
  /// The namespace of identities that are made of names: the UUIDv5 of `lsst.org`.
  private static final UUID NAMESPACE = UUID.fromString("840b31d9-05cd-5161-b2c8-00d32b280d0f");

  private static final long VERSION_BITS = 0xF000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;

  private final IdMode mode;
  private final DatasetType type;
  private final String run;
  private final String start;
  private final List<String> dimensions;
  private final int[] byName;

  /// @param mode what they are made of
  public DatasetIds(IdMode mode, DatasetType type, String run) {
    this.mode = mode;
    this.type = type;
    this.run = run;
    this.start = "dataset_type=" + type.name() + (mode == IdMode.DATA_ID_RUN ? ",run=" + run : "");
    this.dimensions = type.dimensions().required();
    this.byName =
        IntStream.range(0, dimensions.size())
            .boxed()
            .sorted(Comparator.comparing(dimensions::get))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /// A dataset of a data ID, to be registered.
  public DatasetRef ref(DataId dataId) {
    return new DatasetRef(make(dataId.values()), type, dataId, run, null);
  }

  /// The identity of the dataset of a data ID.
  ///
  /// @param values its required values first, in key order
  public UUID make(List<? extends @Nullable Object> values) {
    return switch (mode) {
      case UNIQUE -> timed(System.currentTimeMillis(), UUID.randomUUID());
      case DATA_ID, DATA_ID_RUN -> named(name(values));
    };
  }

  private String name(List<? extends @Nullable Object> values) {
    StringBuilder name = new StringBuilder(start);
    for (int i : byName) {
      name.append(',').append(dimensions.get(i)).append('=').append(values.get(i));
    }
    return name.toString();
  }

  /// A UUIDv7 (RFC 9562, section 5.7): milliseconds since 1970, the rest random.
  static UUID timed(long millis, UUID random) {
    long low = random.getMostSignificantBits() & 0x0FFFL;
    return new UUID(millis << 16 | 0x7000L | low, random.getLeastSignificantBits());
  }

  /// A UUIDv5 (RFC 9562, section 5.5).
  static UUID named(String name) {
    MessageDigest sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java has SHA-1.", missing);
    }
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .flip());
    ByteBuffer digest = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = digest.getLong() & ~VERSION_BITS | 0x5000L;
    long low = digest.getLong() & ~VARIANT_BITS | VARIANT;
    return new UUID(high, low);
  }
}
