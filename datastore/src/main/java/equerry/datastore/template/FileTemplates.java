package equerry.datastore.template;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The templates of a datastore.
public final class FileTemplates {
  private final LookupTable<FileTemplate> table;
  private final @Nullable FileTemplate byDefault;

  private FileTemplates(LookupTable<FileTemplate> table, @Nullable FileTemplate byDefault) {
    this.table = table;
    this.byDefault = byDefault;
  }

  /// Reads the section `templates`; faults are added to those given. An empty or false default
  /// means that there is none.
  public static FileTemplates read(Map<?, ?> section, Faults faults, DimensionUniverse universe) {
    LookupTable<FileTemplate> table =
        new LookupSection(universe, Set.of("default"))
            .read(section, faults, FileTemplates::template);
    Object written = section.get("default");
    if (written == null || written.equals("") || written.equals(false)) {
      return new FileTemplates(table, null);
    }
    return new FileTemplates(table, template(written, faults.in("default")).orElse(null));
  }

  private static Optional<FileTemplate> template(Object written, Faults faults) {
    if (!(written instanceof String text)) {
      faults.add("must be a text");
      return Optional.empty();
    }
    try {
      return Optional.of(FileTemplate.parse(text));
    } catch (IllegalArgumentException e) {
      faults.add("('" + text + "') " + e.getMessage());
      return Optional.empty();
    }
  }

  /// The template for a dataset's file.
  ///
  /// @throws ButlerException.Invalid (file_template) when there is none
  public FileTemplate load(DatasetRef ref) {
    return table
        .find(ref)
        .or(() -> Optional.ofNullable(byDefault))
        .orElseThrow(
            () ->
                new ButlerException.Invalid(
                    ErrorCode.FILE_TEMPLATE,
                    "The datastore has no file template for dataset type '"
                        + ref.type().name()
                        + "' and no default one. Nothing was changed."));
  }
}
