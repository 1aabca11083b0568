package equerry.datastore.template;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DimensionUniverse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which Python class reads and writes the files of which dataset, and how these end.
public final class Formatters {
  private final LookupTable<Formatter> table;
  private final Map<String, Extensions> known;

  private Formatters(LookupTable<Formatter> table, Map<String, Extensions> known) {
    this.table = table;
    this.known = known;
  }

  /// A formatter for a dataset.
  ///
  /// @param name the Python class
  /// @param extension the end of files that it writes, empty when it is not known here
  public record Formatter(String name, Optional<String> extension) {}

  /// How files of a formatter end.
  ///
  /// @param written the end of what it writes by default
  /// @param parameter the write parameter that gives another end, null when there is none
  /// @param read all ends that it accepts
  record Extensions(String written, @Nullable String parameter, List<String> read) {
    Extensions {
      read = List.copyOf(read);
    }

    private String with(Map<?, ?> parameters) {
      return parameter != null && parameters.get(parameter) instanceof String format
          ? "." + format
          : written;
    }
  }

  /// Reads the section `formatters`; faults are added to those given.
  static Formatters read(
      Map<?, ?> section, Faults faults, DimensionUniverse universe, Map<String, Extensions> known) {
    Map<?, ?> defaults = section.get("default") instanceof Map<?, ?> map ? map : Map.of();
    LookupTable<Formatter> table =
        new LookupSection(universe, Set.of("default", "write_recipes"))
            .read(section, faults, (written, where) -> formatter(written, where, defaults, known));
    return new Formatters(table, Map.copyOf(known));
  }

  private static Optional<Formatter> formatter(
      Object written, Faults faults, Map<?, ?> defaults, Map<String, Extensions> known) {
    Object name = written instanceof Map<?, ?> map ? map.get("formatter") : written;
    if (!(name instanceof String cls) || cls.isBlank()) {
      faults.add("must name a formatter");
      return Optional.empty();
    }
    Map<Object, Object> parameters = new HashMap<>();
    if (defaults.get(cls) instanceof Map<?, ?> map) {
      parameters.putAll(map);
    }
    if (written instanceof Map<?, ?> map && map.get("parameters") instanceof Map<?, ?> own) {
      parameters.putAll(own);
    }
    return Optional.of(
        new Formatter(cls, Optional.ofNullable(known.get(cls)).map(ends -> ends.with(parameters))));
  }

  /// The formatter that the configuration names for a dataset.
  public Optional<Formatter> find(DatasetRef ref) {
    return table.find(ref);
  }

  /// Whether a formatter reads files of this name. Of one that is not known here, yes.
  public boolean reads(String formatter, String fileName) {
    Extensions ends = known.get(formatter);
    return ends == null || ends.read().stream().anyMatch(fileName::endsWith);
  }

  /// The ends of files that a formatter reads; empty when it is not known here.
  public List<String> endsReadBy(String formatter) {
    Extensions ends = known.get(formatter);
    return ends == null ? List.of() : ends.read();
  }
}
