package equerry.cli.change;

import equerry.api.dataset.DatasetEdits.IdMode;
import equerry.api.file.Validation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Options that say how files become datasets.
public final class IngestOptions {
  @Option(
      names = "--formatter",
      paramLabel = "CLASS",
      description =
          "Full name of the Python class that reads the files. Default: what the repository's "
              + "configuration says.")
  private @Nullable String formatter;

  @Option(
      names = "--id-generation-mode",
      paramLabel = "MODE",
      defaultValue = "unique",
      converter = IdModeConverter.class,
      description = {
        "unique (default): new identities.",
        "dataid_type: made of data ID and dataset type, the same everywhere.",
        "dataid_type_run: made of data ID, dataset type and run."
      })
  private IdMode idMode = IdMode.UNIQUE;

  @Option(
      names = "--track-file-attrs",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Record the sizes of the files. Default: --track-file-attrs.")
  private boolean tracked = true;

  /// Reads the stock package's names of modes.
  static final class IdModeConverter implements ITypeConverter<IdMode> {
    @Override
    public IdMode convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "unique" -> IdMode.UNIQUE;
        case "dataid_type" -> IdMode.DATA_ID;
        case "dataid_type_run" -> IdMode.DATA_ID_RUN;
        default ->
            throw new TypeConversionException(
                "'" + text + "' is none of unique, dataid_type, dataid_type_run");
      };
    }
  }

  @Nullable String formatter() {
    return formatter;
  }

  IdMode idMode() {
    return idMode;
  }

  Validation validation() {
    return tracked ? Validation.RECORDED : Validation.SKIPPED;
  }
}
