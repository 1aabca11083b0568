package equerry.cli.change;

import equerry.api.file.TransferMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the transfer modes that the stock commands take.
public final class TransferModeConverter implements ITypeConverter<TransferMode> {
  private static final Set<TransferMode> MODES =
      EnumSet.complementOf(EnumSet.of(TransferMode.IN_PLACE, TransferMode.SPLIT));

  @Override
  public TransferMode convert(String text) {
    return TransferMode.find(text.toLowerCase(Locale.ROOT))
        .filter(MODES::contains)
        .orElseThrow(
            () -> {
              List<String> labels = MODES.stream().map(TransferMode::label).toList();
              return new TypeConversionException(
                  "'" + text + "' is none of " + String.join(", ", labels));
            });
  }
}
