package equerry.cli.doctor;

import equerry.api.doctor.Ailment;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the name of an ailment.
final class AilmentConverter implements ITypeConverter<Ailment> {
  @Override
  public Ailment convert(String text) {
    return Ailment.find(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is none of "
                        + Arrays.stream(Ailment.values())
                            .map(Ailment::label)
                            .collect(Collectors.joining(", "))));
  }
}
