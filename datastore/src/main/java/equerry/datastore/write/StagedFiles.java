package equerry.datastore.write;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.api.file.StoredFile;
import equerry.datastore.location.PathText;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.storage.Parallel;
import equerry.datastore.storage.StagedFile;
import equerry.datastore.storage.Storages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of one change.
final class StagedFiles implements Staged {
  private static final Logger LOG = LoggerFactory.getLogger(StagedFiles.class);

  private final Storages storages;
  private final List<Item> items;
  private boolean ended;

  /// A planned file that was staged.
  ///
  /// @param file null when nothing is to be placed
  record Item(PlannedFile plan, @Nullable StagedFile file, List<StoredFile> records) {}

  StagedFiles(Storages storages, List<Item> items) {
    this.storages = storages;
    this.items = List.copyOf(items);
  }

  @Override
  public List<StoredFile> records() {
    return items.stream().flatMap(item -> item.records().stream()).toList();
  }

  @Override
  public Set<ArtifactPath> targets() {
    Set<ArtifactPath> targets = new LinkedHashSet<>();
    toPlace().forEach(item -> targets.add(item.plan().artifact()));
    return targets;
  }

  private List<Item> toPlace() {
    return items.stream().filter(item -> item.file() != null).toList();
  }

  @Override
  public void place(Set<ArtifactPath> taken) {
    List<Item> all = toPlace();
    all.stream()
        .filter(item -> taken.contains(item.plan().artifact()))
        .findFirst()
        .ifPresent(StagedFiles::refuse);
    Milestone.PLACE_BEGUN.passed();
    try {
      Parallel.forEach(all, StagedFiles::place);
      Milestone.PLACE_BEFORE_SYNC.passed();
      sync(all);
    } catch (RuntimeException | Error e) {
      undo();
      throw e;
    }
    Milestone.PLACE_DONE.passed();
  }

  private static void place(Item item) {
    StagedFile file = item.file();
    if (file != null) {
      file.place();
    }
  }

  private static void refuse(Item item) {
    throw new ButlerException.Conflict(
        ErrorCode.CONFLICT,
        "The file '"
            + PathText.name(item.plan().path())
            + "' of datastore '"
            + item.plan().datastore()
            + "' belongs to another dataset, so '"
            + item.plan().rows().getFirst().ref().type().name()
            + "' "
            + item.plan().rows().getFirst().ref().dataId()
            + " cannot be stored under that name. Nothing is changed; make the file template tell"
            + " the two apart.");
  }

  private void sync(List<Item> placed) {
    Map<equerry.datastore.storage.Storage, List<ResourceUri>> byStorage = new LinkedHashMap<>();
    for (Item item : placed) {
      byStorage
          .computeIfAbsent(storages.of(item.plan().uri()), s -> new ArrayList<>())
          .add(item.plan().uri());
    }
    byStorage.forEach((storage, uris) -> storage.sync(uris));
  }

  @Override
  public void undo() {
    if (!ended) {
      ended = true;
      undo(items);
    }
  }

  static void undo(List<Item> items) {
    for (Item item : items.reversed()) {
      StagedFile file = item.file();
      if (file != null) {
        file.undo();
      }
    }
  }

  @Override
  public void finish() {
    ended = true;
    for (Item item : items) {
      if (item.plan().work() instanceof FileWork.Move move) {
        Milestone.SOURCE_BEFORE_DELETE.passed();
        storages
            .of(move.origin())
            .delete(List.of(move.origin()))
            .forEach((uri, e) -> LOG.warn("The source of a moved file stays: {}", uri, e));
        Milestone.SOURCE_DELETED.passed();
      }
    }
  }

  @Override
  public void leave() {
    ended = true;
  }

  @Override
  public void close() {
    undo();
  }
}
