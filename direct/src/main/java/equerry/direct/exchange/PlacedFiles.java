package equerry.direct.exchange;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.transfer.ExportRequest.Placement;
import equerry.api.transfer.ExportRequest.Way;
import equerry.datastore.location.RecordPath;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.location.StorageKind;
import equerry.datastore.storage.LinkKind;
import equerry.datastore.storage.LocalStorage;
import equerry.datastore.storage.Parallel;
import equerry.datastore.storage.StagedFile;
import equerry.datastore.storage.Storage;
import equerry.datastore.storage.Storages;
import equerry.direct.exchange.document.DocumentWriter.Exported;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// Brings files out of any storage into local folders.
///
/// A file that is there already with the size of its source is left, so that an export which was
/// interrupted goes on; one of another size is in the way.
record PlacedFiles(Storages storages) implements FilePlacing {
  @Override
  public List<Exported> place(List<Sourced> files, Placement placement) {
    return switch (placement) {
      case Placement.Stay stay ->
          files.stream().map(file -> exported(file, file.file().record().path())).toList();
      case Placement.Refer refer ->
          files.stream().map(file -> exported(file, file.file().uri())).toList();
      case Placement.Bring bring -> {
        Parallel.forEach(files, file -> bring(file, bring));
        yield files.stream().map(file -> exported(file, path(file))).toList();
      }
    };
  }

  private static Exported exported(Sourced file, String path) {
    return new Exported(file.ref(), path, file.file().record().formatter());
  }

  /// The path in the datastore; a file outside of it gets one of its own.
  private static String path(Sourced file) {
    return switch (RecordPath.parse(file.file().record().path())) {
      case RecordPath.Relative relative -> relative.plain();
      case RecordPath.Absolute absolute -> {
        String path = absolute.uri().decodedPath();
        yield "%s/%s/%s-%s"
            .formatted(
                file.ref().run(),
                file.ref().type().name(),
                file.ref().id().toString().substring(0, 8),
                path.substring(path.lastIndexOf('/') + 1));
      }
    };
  }

  private void bring(Sourced file, Placement.Bring bring) {
    Path folder = bring.folder().toAbsolutePath().normalize();
    Path target = folder.resolve(path(file)).normalize();
    if (!target.startsWith(folder) || target.equals(folder)) {
      throw new ButlerException.Invalid(
          ErrorCode.MALFORMED, "The file of dataset " + file.ref().id() + " has no usable path.");
    }
    ResourceUri source =
        ResourceUri.parse(file.file().uri())
            .orElseThrow(() -> new IllegalStateException("A source without a URI"));
    ResourceUri uri = ResourceUri.ofLocalPath(target.toString(), "");
    Storage from = storages.of(source);
    OptionalLong present = storages.local().sizeBytes(uri);
    if (present.isEmpty()) {
      stage(source, uri, bring.way()).place();
    } else if (!present.equals(from.sizeBytes(source))) {
      throw new ButlerException.Conflict(
          ErrorCode.CONFLICT,
          "Another file is in the way of '" + path(file) + "'; remove it or use another folder.");
    }
  }

  private StagedFile stage(ResourceUri source, ResourceUri target, Way way) {
    boolean linkable = source.kind() == StorageKind.LOCAL;
    if (!linkable && way != Way.AUTO && way != Way.COPY) {
      throw new ButlerException.Invalid(
          ErrorCode.MALFORMED, "Only local files can be linked; use copy or auto.");
    }
    return switch (way) {
      case COPY -> storages.local().stage(target, storages.content(source));
      case AUTO ->
          linkable
              ? link(source, target, LinkKind.ANY)
              : storages.local().stage(target, storages.content(source));
      case LINK -> link(source, target, LinkKind.ANY);
      case HARDLINK -> link(source, target, LinkKind.HARD);
      case SYMLINK -> link(source, target, LinkKind.SYMBOLIC);
      case RELSYMLINK -> link(source, target, LinkKind.RELATIVE);
    };
  }

  private StagedFile link(ResourceUri source, ResourceUri target, LinkKind kind) {
    return storages.local().stageLink(target, LocalStorage.path(source), kind);
  }
}
