package equerry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetEdits.IdMode;
import equerry.api.dataset.Registration;
import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Registering, describing, chaining and removing collections.
public abstract class CollectionEditsContract extends EditsContract {
  private static final String CHAIN = "test/chain";
  private static final String FILLED_RUN = "meadow/runs/second";

  private List<String> members(String chain) {
    return butler().collections().load(chain).children();
  }

  private String doc(String name) {
    return butler().collections().load(name).doc();
  }

  private List<String> existing(String... expression) {
    CollectionSearch search =
        new CollectionSearch(
            List.of(expression),
            Set.of(CollectionType.values()),
            new CollectionSearch.Chains(false, true),
            Set.of(),
            null);
    return butler().collections().search(search).stream().map(CollectionInfo::name).toList();
  }

  private void register(CollectionType type, String... names) {
    write(
        changes -> {
          for (String name : names) {
            changes.collections().register(name, type, null);
          }
        });
  }

  private void makeChain(String... children) {
    register(CollectionType.TAGGED, "a", "b", "c", "d");
    register(CollectionType.CHAINED, CHAIN);
    write(changes -> changes.collections().redefineChain(CHAIN, List.of(children)));
  }

  @Test
  void registersACollectionOnce() {
    write(
        changes -> {
          var edits = changes.collections();
          assertThat(edits.register("test/run", CollectionType.RUN, "First."))
              .isEqualTo(Registration.NEW);
          assertThat(edits.register("test/run", CollectionType.RUN, "Second."))
              .isEqualTo(Registration.KNOWN);
        });
    assertThat(butler().collections().load("test/run").type()).isEqualTo(CollectionType.RUN);
    assertThat(doc("test/run")).isEqualTo("First.");
  }

  @Test
  void refusesToRegisterAnotherType() {
    refuses(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        changes -> changes.collections().register(FILLED_RUN, CollectionType.TAGGED, null),
        FILLED_RUN,
        "RUN",
        "TAGGED");
  }

  @Test
  void refusesRunsWhoseNamesAreNoPaths() {
    List<String> names =
        List.of(
            "a#b", "a%20b", "a?b", "a\nb", "a\0b", "", " ", "..", "a/../b", "./a", "/a", "a\ud800");
    for (String name : names) {
      refuses(
          ButlerException.Invalid.class,
          ErrorCode.INVALID_NAME,
          changes -> changes.collections().register(name, CollectionType.RUN, null));
    }
  }

  @Test
  void namesOtherCollectionsFreely() {
    String odd = "we ird*?#%20/../ü";
    register(CollectionType.TAGGED, odd);
    assertThat(butler().collections().load(odd).type()).isEqualTo(CollectionType.TAGGED);
  }

  @Test
  void replacesAndRemovesDocumentation() {
    write(changes -> changes.collections().document(FILLED_RUN, "Grüße"));
    assertThat(doc(FILLED_RUN)).isEqualTo("Grüße");
    write(changes -> changes.collections().document(FILLED_RUN, null));
    assertThat(doc(FILLED_RUN)).isEmpty();
    refuses(
        ButlerException.NotFound.class,
        ErrorCode.MISSING_COLLECTION,
        changes -> changes.collections().document("nobody", ""),
        "nobody");
  }

  @Test
  void ordersTheMembersOfChains() {
    makeChain("a", "b", "a");
    assertThat(members(CHAIN)).containsExactly("a", "b");
    write(changes -> changes.collections().prependToChain(CHAIN, List.of("c", "b", "c")));
    assertThat(members(CHAIN)).containsExactly("c", "b", "a");
    write(changes -> changes.collections().extendChain(CHAIN, List.of("c", "d")));
    assertThat(members(CHAIN)).containsExactly("b", "a", "c", "d");
    write(changes -> changes.collections().removeFromChain(CHAIN, List.of("a", "d", FILLED_RUN)));
    assertThat(members(CHAIN)).containsExactly("b", "c");
    write(changes -> changes.collections().redefineChain(CHAIN, List.of()));
    assertThat(members(CHAIN)).isEmpty();
    write(changes -> changes.collections().extendChain(CHAIN, List.of("d")));
    assertThat(members(CHAIN)).containsExactly("d");
  }

  @Test
  void seesItsOwnChangesOfAChain() {
    write(
        changes -> {
          var edits = changes.collections();
          edits.register("inner", CollectionType.CHAINED, null);
          edits.register("outer", CollectionType.CHAINED, null);
          edits.register("run", CollectionType.RUN, null);
          edits.redefineChain("inner", List.of("run"));
          edits.redefineChain("outer", List.of("inner"));
        });
    refuses(
        ButlerException.Invalid.class,
        ErrorCode.COLLECTION_CYCLE,
        changes -> changes.collections().extendChain("inner", List.of("outer")),
        "inner",
        "outer");
    assertThat(members("inner")).containsExactly("run");
  }

  @Test
  void refusesAChainInItself() {
    makeChain("a");
    refuses(
        ButlerException.Invalid.class,
        ErrorCode.COLLECTION_CYCLE,
        changes -> changes.collections().prependToChain(CHAIN, List.of("b", CHAIN)));
    assertThat(members(CHAIN)).containsExactly("a");
  }

  @Test
  void refusesMembersThatAreNotThereAndChainsThatAreNone() {
    makeChain("a");
    refuses(
        ButlerException.NotFound.class,
        ErrorCode.MISSING_COLLECTION,
        changes -> changes.collections().extendChain(CHAIN, List.of("b", "nobody")),
        "nobody");
    refuses(
        ButlerException.NotFound.class,
        ErrorCode.MISSING_COLLECTION,
        changes -> changes.collections().redefineChain("nobody", List.of("b")),
        "nobody");
    refuses(
        ButlerException.Invalid.class,
        ErrorCode.COLLECTION_TYPE,
        changes -> changes.collections().redefineChain("a", List.of("b")),
        "'a'",
        "TAGGED");
    assertThat(members(CHAIN)).containsExactly("a");
  }

  /// Positions are 16-bit numbers, and members that move in front of others use them up.
  @Test
  void numbersAChainAnewBeforePositionsEnd() {
    List<String> first = IntStream.range(0, 250).mapToObj(i -> "first" + i).toList();
    List<String> second = IntStream.range(0, 250).mapToObj(i -> "second" + i).toList();
    register(CollectionType.CHAINED, CHAIN);
    register(CollectionType.TAGGED, first.toArray(String[]::new));
    register(CollectionType.TAGGED, second.toArray(String[]::new));
    List<String> secondFirst = new ArrayList<>(second);
    secondFirst.addAll(first);
    write(
        changes -> {
          for (int i = 0; i <= 32_768 / (2 * first.size()); i++) {
            changes.collections().prependToChain(CHAIN, first);
            changes.collections().prependToChain(CHAIN, second);
          }
        });
    assertThat(members(CHAIN)).isEqualTo(secondFirst);
    write(
        changes -> {
          for (int i = 0; i <= 32_768 / (2 * first.size()); i++) {
            changes.collections().extendChain(CHAIN, second);
            changes.collections().extendChain(CHAIN, first);
          }
        });
    assertThat(members(CHAIN)).isEqualTo(secondFirst);
  }

  @Test
  void removesWhatIsInNoChain() {
    makeChain("a", "b");
    refuses(
        ButlerException.Conflict.class,
        ErrorCode.ORPHANED_RECORDS,
        changes -> changes.collections().remove("a"),
        "'a'",
        CHAIN);
    write(
        changes -> {
          changes.collections().remove(CHAIN);
          changes.collections().remove("a");
        });
    assertThat(existing("[ab]", "test/c*")).containsExactly("b");
    refuses(
        ButlerException.NotFound.class,
        ErrorCode.MISSING_COLLECTION,
        changes -> changes.collections().remove("a"),
        "'a'");
  }

  @Test
  void keepsRunsWithFiles() {
    String run = "refcats";
    Set<String> chains = Objects.requireNonNull(butler().collections().load(run).parents());
    write(
        changes ->
            chains.forEach(chain -> changes.collections().removeFromChain(chain, List.of(run))));
    refuses(
        ButlerException.Conflict.class,
        ErrorCode.ORPHANED_RECORDS,
        changes -> changes.collections().remove(run),
        run,
        "files");
  }

  @Test
  void removesRunsWithTheirDatasets() {
    DataId dataId =
        DataId.of(
            butler().datasetTypes().load("bias").dimensions(), List.<Object>of("LarkCam", 1L));
    write(
        changes -> {
          changes.collections().register("test/run", CollectionType.RUN, null);
          changes.datasets().insert("bias", "test/run", List.of(dataId), IdMode.UNIQUE);
        });
    write(changes -> changes.collections().remove("test/run"));
    register(CollectionType.RUN, "test/run");
    assertThat(butler().collections().load("test/run").type()).isEqualTo(CollectionType.RUN);
  }

  @Test
  void takesBackWhatFails() {
    makeChain("a", "b");
    refuses(
        ButlerException.NotFound.class,
        ErrorCode.MISSING_COLLECTION,
        changes -> {
          changes.collections().register("test/run", CollectionType.RUN, null);
          changes.collections().prependToChain(CHAIN, List.of("test/run"));
          changes.collections().document("nobody", null);
        });
    assertThat(members(CHAIN)).containsExactly("a", "b");
    assertThat(existing("test/r*")).isEmpty();
  }
}
