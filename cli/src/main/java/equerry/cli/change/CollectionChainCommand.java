package equerry.cli.change;

import equerry.api.Changes;
import equerry.api.collection.CollectionEdits;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionSearch.Chains;
import equerry.api.collection.CollectionType;
import equerry.api.error.ButlerException;
import equerry.api.selection.MeantNames;
import equerry.cli.shell.CommaLists;
import equerry.cli.shell.CommandFailure;
import equerry.cli.shell.OutputColumn;
import equerry.direct.WritableDirectButler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry collection-chain`: makes and changes chains.
@Command(
    name = "collection-chain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a chain of collections, or changes the members of one, and tells the members that it has",
      "then."
    },
    footer = {
      "",
      "Examples:",
      "  equerry collection-chain REPO my/latest my/runs/second,my/runs/first LarkCam/defaults",
      "  equerry collection-chain REPO my/latest my/runs/third --mode prepend",
      "  equerry collection-chain REPO my/latest --mode pop            the first member goes",
      "  equerry collection-chain REPO my/latest --mode pop -- -1      the last member goes"
    })
public final class CollectionChainCommand extends ChangeCommand {
  private static final List<OutputColumn> COLUMNS =
      List.of(OutputColumn.text("chain"), OutputColumn.text("children"));

  /// How members change.
  enum Mode {
    REDEFINE,
    EXTEND,
    REMOVE,
    PREPEND,
    POP;

    boolean makesChains() {
      return switch (this) {
        case REDEFINE, EXTEND, PREPEND -> true;
        case REMOVE, POP -> false;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      index = "1",
      paramLabel = "PARENT",
      description = "The chain; it is made if it is not there.")
  private String parent = "";

  @Parameters(
      index = "2..*",
      paramLabel = "CHILD[,CHILD…]",
      description = "Collections; in mode pop the numbers of members, from 0, or from the end: -1.")
  private List<String> children = new ArrayList<>();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "REDEFINE",
      description = {
        "redefine (default): the members are these, in this order.",
        "extend: these come after the others.",
        "prepend: these come before the others.",
        "remove: these are members no longer.",
        "pop: the members with these numbers are members no longer; the first without a number."
      })
  private Mode mode = Mode.REDEFINE;

  @Option(
      names = "--doc",
      paramLabel = "TEXT",
      description = "What the chain is for, if it is made.")
  private String doc = "";

  @Option(
      names = "--flatten",
      negatable = true,
      description =
          "Put the members of chains in place of these; names may be globs then. "
              + "Default: --no-flatten.")
  private boolean flatten;

  @Override
  protected void check() {
    if (mode != Mode.POP && children.isEmpty()) {
      throw unusable("Mode " + mode + " needs collections after PARENT.");
    }
    if (flatten && !mode.makesChains()) {
      throw unusable("--flatten does not go with mode " + mode + ".");
    }
  }

  @Override
  protected void run(WritableDirectButler butler) {
    List<String> current = current(butler);
    List<String> names = names(butler, current);
    butler.write(
        changes -> {
          change(changes, names);
          return null;
        });
    List<String> now = butler.collections().load(parent).children();
    tell(new Told().add("The members of the chain now:", COLUMNS, List.of(List.of(parent, now))));
  }

  /// The members that the chain has.
  private List<String> current(WritableDirectButler butler) {
    try {
      return MeantNames.during(
              butler,
              new MeantNames(List.of(), List.of(parent)),
              () -> butler.collections().load(parent))
          .children();
    } catch (ButlerException.NotFound missing) {
      if (mode.makesChains()) {
        return List.of();
      }
      throw missing;
    }
  }

  private List<String> names(WritableDirectButler butler, List<String> current) {
    List<String> given = CommaLists.split(children);
    if (mode == Mode.POP) {
      return given.isEmpty()
          ? List.of(member("0", current))
          : given.stream().map(number -> member(number, current)).toList();
    }
    if (!flatten) {
      return given;
    }
    CollectionSearch leaves =
        new CollectionSearch(
            given, Set.of(CollectionType.values()), new Chains(true, false), Set.of(), null);
    return MeantNames.during(
            butler, new MeantNames(List.of(), given), () -> butler.collections().search(leaves))
        .stream()
        .map(CollectionInfo::name)
        .toList();
  }

  private String member(String number, List<String> current) {
    try {
      int index = Integer.parseInt(number);
      return current.get(index < 0 ? current.size() + index : index);
    } catch (NumberFormatException noNumber) {
      throw unusable("'" + number + "' is no number; mode pop takes the numbers of members.");
    } catch (IndexOutOfBoundsException outside) {
      throw new CommandFailure(
          "The chain '%s' has %d members and none with the number %s. Nothing was changed."
              .formatted(parent, current.size(), number),
          outside);
    }
  }

  private void change(Changes changes, List<String> names) {
    CollectionEdits edits = changes.collections();
    if (mode.makesChains()) {
      edits.register(parent, CollectionType.CHAINED, doc.isEmpty() ? null : doc);
    }
    switch (mode) {
      case REDEFINE -> edits.redefineChain(parent, names);
      case EXTEND -> edits.extendChain(parent, names);
      case PREPEND -> edits.prependToChain(parent, names);
      case REMOVE, POP -> edits.removeFromChain(parent, names);
    }
  }
}
