package equerry.sphere;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A set of unsigned 64-bit pixel indexes as ascending ranges that do not touch.
public final class RangeSet {
  static final RangeSet EMPTY = new RangeSet(new long[0], new long[0]);

  /// First and last index of each range, both included.
  private final long[] firsts;

  private final long[] lasts;

  private RangeSet(long[] firsts, long[] lasts) {
    this.firsts = firsts;
    this.lasts = lasts;
  }

  /// Indexes from `begin` up to `end`, which is excluded; an `end` of 0 stands for 2⁶⁴.
  ///
  /// @param begin the first index, unsigned
  /// @param end the index after the last, unsigned
  public record Range(long begin, long end) {
    public Range {
      if (Long.compareUnsigned(begin, end - 1) > 0) {
        throw new IllegalArgumentException(
            "A range ends after its begin, unlike [%s, %s)."
                .formatted(Long.toUnsignedString(begin), Long.toUnsignedString(end)));
      }
    }
  }

  /// The set of all indexes in any of some ranges, in whatever order.
  public static RangeSet of(Range... ranges) {
    Range[] sorted = ranges.clone();
    Arrays.sort(sorted, (a, b) -> Long.compareUnsigned(a.begin, b.begin));
    Builder builder = new Builder();
    for (Range range : sorted) {
      builder.append(range.begin, range.end - 1);
    }
    return builder.build();
  }

  static RangeSet ofSorted(long[] indexes) {
    Builder builder = new Builder();
    for (long index : indexes) {
      builder.append(index, index);
    }
    return builder.build();
  }

  static RangeSet between(long first, long last) {
    return new RangeSet(new long[] {first}, new long[] {last});
  }

  public boolean isEmpty() {
    return firsts.length == 0;
  }

  /// The number of ranges.
  public int size() {
    return firsts.length;
  }

  /// The number of indexes, unsigned; 0 also for all 2⁶⁴.
  public long cardinality() {
    long count = 0;
    for (int i = 0; i < firsts.length; i++) {
      count += lasts[i] - firsts[i] + 1;
    }
    return count;
  }

  public List<Range> ranges() {
    List<Range> result = new ArrayList<>(firsts.length);
    for (int i = 0; i < firsts.length; i++) {
      result.add(new Range(firsts[i], lasts[i] + 1));
    }
    return List.copyOf(result);
  }

  public boolean contains(long index) {
    int low = 0;
    int high = firsts.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(index, firsts[middle]) < 0) {
        high = middle - 1;
      } else if (Long.compareUnsigned(index, lasts[middle]) > 0) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  public RangeSet union(RangeSet other) {
    Builder builder = new Builder();
    int i = 0;
    int j = 0;
    while (i < size() || j < other.size()) {
      boolean mine =
          j == other.size()
              || (i < size() && Long.compareUnsigned(firsts[i], other.firsts[j]) <= 0);
      if (mine) {
        builder.append(firsts[i], lasts[i++]);
      } else {
        builder.append(other.firsts[j], other.lasts[j++]);
      }
    }
    return builder.build();
  }

  public RangeSet intersection(RangeSet other) {
    Builder builder = new Builder();
    int i = 0;
    int j = 0;
    while (i < size() && j < other.size()) {
      long first = maxUnsigned(firsts[i], other.firsts[j]);
      long last = minUnsigned(lasts[i], other.lasts[j]);
      if (Long.compareUnsigned(first, last) <= 0) {
        builder.append(first, last);
      }
      if (Long.compareUnsigned(lasts[i], other.lasts[j]) <= 0) {
        i++;
      } else {
        j++;
      }
    }
    return builder.build();
  }

  /// All other unsigned 64-bit numbers.
  RangeSet complement() {
    Builder builder = new Builder();
    long next = 0;
    for (int i = 0; i < size(); i++) {
      if (firsts[i] != next) {
        builder.append(next, firsts[i] - 1);
      }
      if (lasts[i] == -1L) {
        return builder.build();
      }
      next = lasts[i] + 1;
    }
    builder.append(next, -1L);
    return builder.build();
  }

  /// The smallest superset whose ranges begin and end at multiples of 2ⁿ.
  RangeSet simplified(int bits) {
    if (isEmpty() || bits == 0) {
      return this;
    }
    if (bits >= Long.SIZE) {
      return between(0, -1L);
    }
    long mask = (1L << bits) - 1;
    Builder builder = new Builder();
    for (int i = 0; i < size(); i++) {
      builder.append(firsts[i] & ~mask, lasts[i] | mask);
    }
    return builder.build();
  }

  private static long maxUnsigned(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }

  private static long minUnsigned(long a, long b) {
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RangeSet that
        && Arrays.equals(firsts, that.firsts)
        && Arrays.equals(lasts, that.lasts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(firsts) + Arrays.hashCode(lasts);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("RangeSet[");
    for (int i = 0; i < size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append('[')
          .append(Long.toUnsignedString(firsts[i]))
          .append(", ")
          .append(Long.toUnsignedString(lasts[i] + 1))
          .append(')');
    }
    return text.append(']').toString();
  }

  /// Collects ranges in the order of their first indexes.
  static final class Builder {
    private long[] firsts = new long[16];
    private long[] lasts = new long[16];
    private int size;

    /// Adds the indexes from `first` to `last`, both included. No range with a larger first index
    /// was added before.
    void append(long first, long last) {
      if (size > 0
          && (lasts[size - 1] == -1L || Long.compareUnsigned(first, lasts[size - 1] + 1) <= 0)) {
        lasts[size - 1] = maxUnsigned(lasts[size - 1], last);
        return;
      }
      if (size == firsts.length) {
        firsts = Arrays.copyOf(firsts, 2 * size);
        lasts = Arrays.copyOf(lasts, 2 * size);
      }
      firsts[size] = first;
      lasts[size++] = last;
    }

    int size() {
      return size;
    }

    void replaceWith(RangeSet set) {
      size = 0;
      for (int i = 0; i < set.size(); i++) {
        append(set.firsts[i], set.lasts[i]);
      }
    }

    RangeSet build() {
      return size == 0
          ? EMPTY
          : new RangeSet(Arrays.copyOf(firsts, size), Arrays.copyOf(lasts, size));
    }
  }
}
