package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeenIdsTest {
  @Test
  void knowsWhatASetKnows() {
    Random random = new Random(20260315);
    SeenIds seen = new SeenIds();
    Set<UUID> model = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      UUID id = new UUID(random.nextInt(40), random.nextInt(4000));
      assertThat(seen.add(id)).isEqualTo(model.add(id));
    }
    for (int i = 0; i < 100_000; i++) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      assertThat(seen.add(id)).isEqualTo(model.add(id));
    }
  }
}
