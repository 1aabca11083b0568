package equerry.cli.change;

import equerry.api.Butler;
import equerry.api.Changes;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionSearch.Chains;
import equerry.api.collection.CollectionSearch.Detail;
import equerry.api.collection.CollectionType;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.cli.shell.CommandFailure;
import equerry.cli.shell.OutputColumn;
import equerry.direct.WritableDirectButler;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry remove-collections`: removes collections that are no runs.
@Command(
    name = "remove-collections",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Removes TAGGED, CALIBRATION and CHAINED collections. Datasets stay in their runs, which",
      "remove-runs removes. All of the collections are removed or none."
    },
    footer = {
      "",
      "Examples:",
      "  equerry remove-collections REPO 'my/tests/*' --dry-run",
      "  equerry remove-collections REPO my/best --remove-from-parents"
    })
public final class RemoveCollectionsCommand extends DeletionCommand {
  private static final List<OutputColumn> COLUMNS =
      List.of(
          OutputColumn.text("collection"),
          OutputColumn.text("type"),
          OutputColumn.text("parents"),
          OutputColumn.text("action"));

  @Parameters(index = "1", paramLabel = "GLOB", description = "A name or glob of collections.")
  private String glob = "";

  @Option(
      names = "--remove-from-parents",
      description = "Take them out of the chains that they are members of.")
  private boolean removeFromParents;

  @Override
  protected void run(WritableDirectButler butler) {
    List<CollectionInfo> found = find(butler, glob);
    List<CollectionInfo> gone =
        found.stream().filter(info -> info.type() != CollectionType.RUN).toList();
    if (gone.isEmpty()) {
      note("no collection that is no run matches '" + glob + "'.");
      return;
    }
    Told told =
        new Told()
            .add("Collections to remove:", COLUMNS, rows(gone, "remove"))
            .add(
                "Runs, which this command keeps (see remove-runs):",
                COLUMNS,
                rows(
                    found.stream().filter(info -> info.type() == CollectionType.RUN).toList(),
                    "keep"));
    if (isOn(told)) {
      remove(butler, gone);
      note("collections removed: " + gone.size() + ".");
    }
  }

  /// The collections that a name or glob matches; none for a name that is not there.
  static List<CollectionInfo> find(Butler butler, String glob) {
    CollectionSearch search =
        new CollectionSearch(
            List.of(glob),
            Set.of(CollectionType.values()),
            new Chains(false, true),
            Set.of(Detail.PARENTS),
            null);
    try {
      return butler.collections().search(search).stream()
          .sorted(Comparator.comparing(CollectionInfo::name))
          .toList();
    } catch (ButlerException.NotFound missing) {
      return List.of();
    }
  }

  static List<String> parents(CollectionInfo info) {
    return Objects.requireNonNullElse(info.parents(), Set.<String>of()).stream().sorted().toList();
  }

  private static List<List<@Nullable Object>> rows(List<CollectionInfo> infos, String action) {
    return infos.stream()
        .<List<@Nullable Object>>map(
            info -> List.of(info.name(), info.type().name(), parents(info), action))
        .toList();
  }

  private void remove(WritableDirectButler butler, List<CollectionInfo> gone) {
    Map<String, CollectionInfo> byName =
        gone.stream().collect(Collectors.toMap(CollectionInfo::name, Function.identity()));
    try {
      butler.write(
          changes -> {
            Set<String> done = new HashSet<>();
            gone.forEach(info -> remove(changes, info, byName, done));
            return null;
          });
    } catch (ButlerException.Conflict kept) {
      if (kept.code() != ErrorCode.ORPHANED_RECORDS || removeFromParents) {
        throw kept;
      }
      throw new CommandFailure(
          kept.detail() + " Add --remove-from-parents to take collections out of their chains.",
          kept);
    }
  }

  /// Removes a collection after the chains that it is in, as far as these go, too.
  private void remove(
      Changes changes, CollectionInfo info, Map<String, CollectionInfo> gone, Set<String> done) {
    if (!done.add(info.name())) {
      return;
    }
    for (String parent : parents(info)) {
      CollectionInfo goes = gone.get(parent);
      if (goes != null) {
        remove(changes, goes, gone, done);
      } else if (removeFromParents) {
        changes.collections().removeFromChain(parent, List.of(info.name()));
      }
    }
    changes.collections().remove(info.name());
  }
}
