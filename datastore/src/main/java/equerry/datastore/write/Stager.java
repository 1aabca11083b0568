package equerry.datastore.write;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.api.file.Validation;
import equerry.datastore.location.PathText;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.storage.ContentSource;
import equerry.datastore.storage.FileFaults;
import equerry.datastore.storage.LinkKind;
import equerry.datastore.storage.LocalStorage;
import equerry.datastore.storage.Parallel;
import equerry.datastore.storage.StagedFile;
import equerry.datastore.storage.Storages;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Stages planned files, many at once.
final class Stager {
  private final Storages storages;

  Stager(Storages storages) {
    this.storages = storages;
  }

  /// Stages all files, or none.
  StagedFiles stage(List<PlannedFile> plans) {
    refuseCollisions(plans);
    Map<Integer, StagedFiles.Item> done = new ConcurrentHashMap<>();
    try {
      Parallel.forEach(
          IntStream.range(0, plans.size()).boxed().toList(),
          index -> done.put(index, stage(plans.get(index))));
    } catch (RuntimeException | Error e) {
      StagedFiles.undo(List.copyOf(done.values()));
      throw e;
    }
    Milestone.STAGE_DONE.passed();
    return new StagedFiles(storages, List.copyOf(new TreeMap<>(done).values()));
  }

  private static void refuseCollisions(List<PlannedFile> plans) {
    Set<ArtifactPath> written = new HashSet<>();
    for (PlannedFile plan : plans) {
      if (!(plan.work() instanceof FileWork.Stays) && !written.add(plan.artifact())) {
        throw new ButlerException.Conflict(
            ErrorCode.CONFLICT,
            "Two of the datasets to store would have the file '"
                + PathText.name(plan.path())
                + "', one of them "
                + plan.rows().getFirst().ref().dataId()
                + ". Nothing is changed; make the file template tell them apart.");
      }
    }
  }

  private StagedFiles.Item stage(PlannedFile plan) {
    Optional<ChecksumSource> checksum =
        plan.checksums() && plan.validation() == Validation.RECORDED
            ? Optional.of(new ChecksumSource(source(plan)))
            : Optional.empty();
    StagedFile file = write(plan, checksum);
    passed(plan);
    try {
      long size = file != null ? file.sizeBytes() : sizeInPlace(plan);
      boolean recorded = plan.validation() == Validation.RECORDED;
      String hex = checksum.isEmpty() ? null : checksum.get().hex();
      return new StagedFiles.Item(plan, file, plan.records(recorded ? size : -1, hex));
    } catch (IOException | RuntimeException e) {
      if (file != null) {
        file.undo();
      }
      throw e instanceof IOException io
          ? FileFaults.reading(plan.path(), io)
          : (RuntimeException) e;
    }
  }

  private static void passed(PlannedFile plan) {
    PlannedFile.Row row = plan.rows().getFirst();
    if (!row.fragment().isEmpty()) {
      Milestone.ZIP_STAGED.passed();
    } else if (row.ref().type().name().indexOf('.') >= 0) {
      Milestone.COMPONENT_STAGED.passed();
    }
  }

  private ContentSource source(PlannedFile plan) {
    return switch (plan.work()) {
      case FileWork.Write write -> write.source();
      case FileWork.MakeLink link -> ContentSource.of(link.source());
      case FileWork.Move move -> move.source();
      case FileWork.Stays stays -> storages.content(plan.uri());
    };
  }

  private @Nullable StagedFile write(PlannedFile plan, Optional<ChecksumSource> checksum) {
    return switch (plan.work()) {
      case FileWork.Stays stays -> null;
      case FileWork.Write write -> copy(plan.uri(), write.source(), checksum);
      case FileWork.MakeLink link ->
          storages.local().stageLink(plan.uri(), link.source(), link.kind());
      case FileWork.Move move -> move(plan, move, checksum);
    };
  }

  private StagedFile copy(
      ResourceUri target, ContentSource source, Optional<ChecksumSource> checksum) {
    return storages.of(target).stage(target, checksum.isPresent() ? checksum.get() : source);
  }

  /// A hard link costs nothing and keeps the source until the change is certain.
  private StagedFile move(PlannedFile plan, FileWork.Move move, Optional<ChecksumSource> checksum) {
    boolean bothLocal =
        storages.of(plan.uri()) instanceof LocalStorage && move.source().localFile().isPresent();
    if (bothLocal) {
      try {
        return storages
            .local()
            .stageLink(plan.uri(), move.source().localFile().get(), LinkKind.HARD);
      } catch (ButlerException.Unavailable e) {
        // Another file system, or one without links.
      }
    }
    return copy(plan.uri(), move.source(), checksum);
  }

  private long sizeInPlace(PlannedFile plan) {
    if (plan.validation() == Validation.SKIPPED) {
      return -1;
    }
    OptionalLong size = storages.of(plan.uri()).sizeBytes(plan.uri());
    return size.orElseThrow(() -> FileFaults.missing(plan.uri().decodedPath()));
  }
}
