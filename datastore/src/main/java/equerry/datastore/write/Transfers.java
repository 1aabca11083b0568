package equerry.datastore.write;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.TransferMode;
import equerry.datastore.WritableStore;
import equerry.datastore.location.PathText;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.location.StorageKind;
import equerry.datastore.storage.LinkKind;
import equerry.datastore.storage.LocalStorage;
import equerry.datastore.storage.Storages;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// What each transfer mode does with a file and a datastore.
record Transfers(Storages storages) {
  private static final Pattern MISREAD = Pattern.compile("#|%[0-9A-Fa-f]{2}");

  /// Where a file will be and what is to be done for it.
  ///
  /// @param path path of the record
  record Transfer(String path, ResourceUri uri, FileWork work) {}

  /// The mode that [TransferMode#AUTO] stands for: in place when all files lie within the store,
  /// itself when none does, else split.
  static TransferMode resolved(TransferMode mode, WritableStore store, List<ResourceUri> files) {
    if (mode != TransferMode.AUTO) {
      return mode;
    }
    long inside = files.stream().filter(file -> within(store, file).isPresent()).count();
    return inside == 0
        ? TransferMode.AUTO
        : inside == files.size() ? TransferMode.IN_PLACE : TransferMode.SPLIT;
  }

  /// The path of a file within a store.
  static Optional<String> within(WritableStore store, ResourceUri file) {
    return Origins.below(store.store().root(), file);
  }

  /// Decides for one file.
  ///
  /// @param mode resolved for the store
  /// @param name makes the path within the store, when one is needed
  Transfer decide(
      WritableStore store, ResourceUri file, TransferMode mode, UnaryOperator<String> name) {
    return switch (mode) {
      case IN_PLACE -> inPlace(store, file).orElseThrow(() -> outside(store, file));
      case DIRECT -> direct(file);
      case SPLIT -> inPlace(store, file).orElseGet(() -> direct(file));
      case COPY, MOVE, LINK, HARDLINK, SYMLINK, RELSYMLINK, AUTO -> {
        String path = name.apply(file.decodedPath());
        ResourceUri target = store.store().root().resolve(path, "");
        yield new Transfer(
            path,
            target,
            Origins.same(file, target) ? new FileWork.Stays() : work(mode, file, target));
      }
    };
  }

  private Optional<Transfer> inPlace(WritableStore store, ResourceUri file) {
    Optional<String> path = within(store, file);
    path.filter(p -> MISREAD.matcher(p).find())
        .ifPresent(
            p -> {
              throw new ButlerException.Invalid(
                  ErrorCode.FILE_TEMPLATE,
                  "The file '"
                      + PathText.name(p)
                      + "' cannot be recorded where it lies: a '#' or '%' in its path would lead"
                      + " readers to another file. Rename it or copy it; nothing is changed.");
            });
    return path.map(
        p -> new Transfer(p, store.store().root().resolve(p, ""), new FileWork.Stays()));
  }

  private static Transfer direct(ResourceUri file) {
    return new Transfer(file.toString(), file, new FileWork.Stays());
  }

  /// How a file gets under another name, by a mode that gives it one.
  FileWork work(TransferMode mode, ResourceUri file, ResourceUri target) {
    boolean linkable = file.kind() == StorageKind.LOCAL && target.kind() == StorageKind.LOCAL;
    return switch (mode) {
      case COPY -> new FileWork.Write(storages.content(file));
      case MOVE -> new FileWork.Move(file, storages.content(file));
      case AUTO -> linkable ? link(file, LinkKind.ANY) : new FileWork.Write(storages.content(file));
      case LINK, HARDLINK, SYMLINK, RELSYMLINK -> {
        if (!linkable) {
          throw new ButlerException.Invalid(
              ErrorCode.MALFORMED,
              "The transfer mode '"
                  + mode.label()
                  + "' needs a local file and a local datastore; use copy or auto for '"
                  + PathText.name(file.path())
                  + "'. Nothing is changed.");
        }
        yield link(
            file,
            switch (mode) {
              case HARDLINK -> LinkKind.HARD;
              case SYMLINK -> LinkKind.SYMBOLIC;
              case RELSYMLINK -> LinkKind.RELATIVE;
              default -> LinkKind.ANY;
            });
      }
      case IN_PLACE, DIRECT, SPLIT -> new FileWork.Stays();
    };
  }

  private static FileWork link(ResourceUri file, LinkKind kind) {
    return new FileWork.MakeLink(LocalStorage.path(file), kind);
  }

  private static ButlerException outside(WritableStore store, ResourceUri file) {
    return new ButlerException.Invalid(
        ErrorCode.MALFORMED,
        "The file '"
            + PathText.name(file.path())
            + "' does not lie in datastore '"
            + store.name()
            + "', so it cannot be recorded in place. Choose another transfer mode; nothing is"
            + " changed.");
  }
}
