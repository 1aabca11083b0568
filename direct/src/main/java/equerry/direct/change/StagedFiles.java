package equerry.direct.change;

import equerry.api.dataset.DatasetRef;
import equerry.api.fault.Milestone;
import equerry.datastore.write.ArtifactPath;
import equerry.datastore.write.Staged;
import equerry.registry.write.FileRows;
import equerry.registry.write.RegistryChanges;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The files of one attempt at a change: they become visible right before its commit, and vanish if
/// there is none.
final class StagedFiles {
  private final List<Entry> entries = new ArrayList<>();

  /// @param taken the targets that other datasets' records name
  private record Entry(Staged files, Set<ArtifactPath> taken) {}

  /// Takes files in and writes the rows of their datasets and of them.
  ///
  /// @param refs the datasets; those that are registered already are only found to be the same
  void add(Staged files, Collection<DatasetRef> refs, RegistryChanges rows) {
    try {
      rows.datasets().adopt(refs);
      Set<ArtifactPath> taken = taken(files.targets(), rows.files());
      rows.files().add(files.records());
      entries.add(new Entry(files, taken));
    } catch (RuntimeException failure) {
      files.undo();
      throw failure;
    }
  }

  private static Set<ArtifactPath> taken(Set<ArtifactPath> targets, FileRows rows) {
    Map<String, List<String>> byStore = new HashMap<>();
    for (ArtifactPath target : targets) {
      byStore.computeIfAbsent(target.datastore(), name -> new ArrayList<>()).add(target.path());
    }
    Set<ArtifactPath> taken = new HashSet<>();
    byStore.forEach(
        (store, paths) ->
            rows.trash()
                .claim(store, paths)
                .forEach(path -> taken.add(new ArtifactPath(store, path))));
    return taken;
  }

  /// How many units there are, to come back to with [#undoTo].
  int mark() {
    return entries.size();
  }

  /// Makes all files visible.
  void place() {
    for (Entry entry : entries) {
      entry.files().place(entry.taken());
    }
    Milestone.FILES_PLACED.passed();
  }

  /// Removes what came in after a mark.
  void undoTo(int mark) {
    while (entries.size() > mark) {
      entries.removeLast().files().undo();
    }
  }

  /// Ends the work after a commit that may or may not have been: all files stay.
  void leave() {
    entries.forEach(entry -> entry.files().leave());
    entries.clear();
  }

  /// Ends the work after the commit.
  void finish() {
    entries.forEach(entry -> entry.files().finish());
    entries.clear();
    Milestone.FILES_FINISHED.passed();
  }
}
