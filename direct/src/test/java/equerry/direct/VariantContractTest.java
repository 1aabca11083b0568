package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.Butler;
import equerry.testkit.VariantContract;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VariantContractTest extends VariantContract {
  private final Map<String, DirectButler> opened = new HashMap<>();
  private final Path folder;

  VariantContractTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  protected Butler butler(String variant) {
    return opened.computeIfAbsent(variant, name -> VariantCopy.make(name, folder).open());
  }

  @Override
  protected int inUse() {
    return opened.values().stream().mapToInt(DirectButler::busyConnections).sum();
  }

  @AfterAll
  void close() {
    opened.values().forEach(DirectButler::close);
    assertThat(Leftovers.threads()).isEmpty();
  }
}
