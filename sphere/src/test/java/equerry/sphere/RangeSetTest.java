package equerry.sphere;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeSetTest {
  private static final int SIZE = 64;

  /// Set operations against those of bits.
  @Test
  void operationsAreThoseOfSets() {
    Random random = new Random(5);
    for (int n = 0; n < 2000; n++) {
      BitSet a = bits(random);
      BitSet b = bits(random);
      BitSet union = (BitSet) a.clone();
      union.or(b);
      BitSet both = (BitSet) a.clone();
      both.and(b);
      assertThat(set(a).union(set(b))).isEqualTo(set(union));
      assertThat(set(a).intersection(set(b))).isEqualTo(set(both));
      assertThat(set(a).complement().complement()).isEqualTo(set(a));
      assertThat(set(a).cardinality()).isEqualTo(a.cardinality());
      int index = random.nextInt(SIZE);
      assertThat(set(a).contains(index)).isEqualTo(a.get(index));
    }
  }

  private static BitSet bits(Random random) {
    BitSet bits = new BitSet(SIZE);
    for (int i = 0; i < random.nextInt(SIZE); i++) {
      bits.set(random.nextInt(SIZE));
    }
    return bits;
  }

  private static RangeSet set(BitSet bits) {
    return RangeSet.ofSorted(bits.stream().asLongStream().toArray());
  }

  @Test
  void endOfZeroIsTheEndOfAllIndexes() {
    RangeSet top = RangeSet.of(new RangeSet.Range(-4L, 0L));
    assertThat(top.cardinality()).isEqualTo(4);
    assertThat(top.contains(-1L)).isTrue();
    assertThat(top.complement().union(top).simplified(64)).isEqualTo(top.complement().union(top));
    assertThat(top).hasToString("RangeSet[[18446744073709551612, 0)]");
  }
}
