package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagerEntryTest {
  @Test
  void everythingElseStaysAsItStands() {
    String yaml =
        """
        # Größe
        registry:
          db: sqlite:///x   # here
          managers:
            # these must never change
            attributes: a.B
            datasets: {cls: c.D}
        root: /x
        """;
    assertThat(ManagerEntry.isIn(yaml, "obscore")).isFalse();
    String added = ManagerEntry.added(yaml, "obscore", "o.M").orElseThrow();
    assertThat(added)
        .isEqualTo(
            """
            # Größe
            registry:
              db: sqlite:///x   # here
              managers:
                # these must never change
                obscore:
                  cls: o.M
                attributes: a.B
                datasets: {cls: c.D}
            root: /x
            """);
    assertThat(ManagerEntry.isIn(added, "obscore")).isTrue();
  }

  @Test
  void aSectionThatIsMissingIsMade() {
    assertThat(ManagerEntry.added("registry:\n  db: x\n", "obscore", "o.M"))
        .hasValue("registry:\n  managers:\n    obscore:\n      cls: o.M\n  db: x\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry: {db: x}\n",
        "registry:\n  managers: {a: b}\n",
        "registry: !include other.yaml\n",
        "root: x\n",
        "- a\n",
        "a: [\n",
        ""
      })
  void whatIsWrittenOtherwiseIsLeftToPeople(String yaml) {
    assertThat(ManagerEntry.added(yaml, "obscore", "o.M")).isEmpty();
  }
}
