package equerry.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// Options that a YAML file gives by command; those of the command line go before them.
public final class OptionsFile {
  private OptionsFile() {}

  /// Sets the options of a command that its line does not have.
  ///
  /// @throws ParameterException for a file that cannot be read or names an unknown option
  public static void apply(String file, CommandSpec spec) {
    Object section = read(file, spec).get(spec.name());
    if (section == null) {
      return;
    }
    if (!(section instanceof Map<?, ?> options)) {
      throw fault(spec, file, "'" + spec.name() + "' must hold options and their values");
    }
    options.forEach((name, value) -> set(file, spec, String.valueOf(name), value));
  }

  private static Map<?, ?> read(String file, CommandSpec spec) {
    try {
      Object content =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of(file)));
      if (content instanceof Map<?, ?> map) {
        return map;
      }
      throw fault(spec, file, "it must hold commands and their options");
    } catch (IOException | InvalidPathException unreadable) {
      throw fault(spec, file, "it cannot be read");
    } catch (YAMLException broken) {
      throw fault(spec, file, "it is no YAML");
    }
  }

  private static void set(String file, CommandSpec spec, String name, Object value) {
    String flag = "--" + name.replace('_', '-');
    OptionSpec option = spec.findOption(flag);
    if (option == null) {
      throw fault(spec, file, spec.name() + " has no option '" + name + "'");
    }
    if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
      return;
    }
    List<?> items = value instanceof List<?> list ? list : List.of(value);
    items.forEach(item -> add(file, spec, option, String.valueOf(item)));
  }

  private static void add(String file, CommandSpec spec, OptionSpec option, String text) {
    try {
      if (option.isMultiValue()) {
        List<Object> values = new ArrayList<>(option.<List<Object>>getValue());
        values.add(convert(option.auxiliaryTypes()[0], text));
        option.setValue(values);
      } else {
        option.setValue(convert(option.type(), text));
      }
    } catch (IllegalArgumentException unfit) {
      throw fault(spec, file, "'" + text + "' is no value for " + option.longestName());
    }
  }

  private static Object convert(Class<?> type, String text) {
    if (type == boolean.class) {
      return Boolean.parseBoolean(text);
    }
    if (type == long.class) {
      return Long.parseLong(text);
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (constant.toString().equalsIgnoreCase(text.replace('-', '_'))) {
          return constant;
        }
      }
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static ParameterException fault(CommandSpec spec, String file, String reason) {
    CommandLine line = spec.commandLine();
    return new ParameterException(line, "The options file " + file + " cannot be used: " + reason);
  }
}
