package equerry.registry.create;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.MinimalPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// JSON on one line with a space after each comma and colon, as the stock package writes it.
public final class SpacedJson {
  private static final ObjectWriter WRITER = new JsonMapper().writer().with(new Spaced());

  private SpacedJson() {}

  /// The text of a mapping, in its order.
  ///
  /// @throws ButlerException.Invalid (configuration) for values that JSON has no form for
  public static String write(Map<?, ?> mapping) {
    try {
      return WRITER.writeValueAsString(mapping);
    } catch (JacksonException unfit) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION, "A configuration has a value that JSON cannot keep.", unfit);
    }
  }

  private static final class Spaced extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    @Override
    public void writeObjectEntrySeparator(JsonGenerator out) {
      out.writeRaw(", ");
    }

    @Override
    public void writeObjectNameValueSeparator(JsonGenerator out) {
      out.writeRaw(": ");
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator out) {
      out.writeRaw(", ");
    }
  }
}
