package equerry.direct;

import java.util.UUID;

/// The identities that have come already, at 24 bytes or less for each: a set of objects would need
/// four times as much, and lists of datasets can be millions long.
///
/// A hash table with open addressing and linear probing; dataset identities are random enough to be
/// their own hash.
public final class SeenIds {
  private static final int FIRST_CAPACITY = 1 << 10;

  private long[] table = new long[2 * FIRST_CAPACITY];
  private int size;
  private boolean hasNil;

  /// Adds an identity.
  ///
  /// @return whether it is new
  public boolean add(UUID id) {
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    if (high == 0 && low == 0) {
      boolean isNew = !hasNil;
      hasNil = true;
      return isNew;
    }
    if (4L * size >= 3L * (table.length / 2)) {
      grow();
    }
    int place = place(high, low);
    if (table[place] == high && table[place + 1] == low) {
      return false;
    }
    table[place] = high;
    table[place + 1] = low;
    size++;
    return true;
  }

  /// Whether an identity has come.
  public boolean contains(UUID id) {
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    if (high == 0 && low == 0) {
      return hasNil;
    }
    int place = place(high, low);
    return table[place] == high && table[place + 1] == low;
  }

  /// How many identities have come.
  public int size() {
    return size + (hasNil ? 1 : 0);
  }

  /// Where an identity is, or the free place for it.
  private int place(long high, long low) {
    int mask = table.length / 2 - 1;
    long mixed = (high ^ low) * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (true) {
      int place = 2 * slot;
      boolean isFree = table[place] == 0 && table[place + 1] == 0;
      if (isFree || (table[place] == high && table[place + 1] == low)) {
        return place;
      }
      slot = (slot + 1) & mask;
    }
  }

  private void grow() {
    long[] old = table;
    table = new long[Math.multiplyExact(old.length, 2)];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0 || old[i + 1] != 0) {
        int place = place(old[i], old[i + 1]);
        table[place] = old[i];
        table[place + 1] = old[i + 1];
      }
    }
  }
}
