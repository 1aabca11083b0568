package equerry.direct.exchange.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The expected documents are PyYAML's (`interop/make_document_resources.py`).
class PythonYamlTest {
  @Test
  void textsAreWrittenAsPyYamlWritesThem() throws IOException {
    assertThat(written(texts())).isEqualTo(resource("texts.yaml"));
  }

  @Test
  void textsAreReadAsPyYamlWroteThem() throws IOException {
    List<Object> expected = new ArrayList<>();
    texts().forEach(text -> expected.add(Map.of("k", text, "l", List.of(text))));
    assertThat(read(resource("texts.yaml"))).isEqualTo(expected);
  }

  @Test
  void valuesThatAreReadAreWrittenAsTheyWere() throws IOException {
    String document = resource("values.yaml");
    List<@Nullable Object> values = new ArrayList<>();
    read(document).forEach(item -> values.add(((Map<?, ?>) item).get("k")));
    assertThat(values).hasSize(32);
    assertThat(written(values)).isEqualTo(document);
  }

  private static String written(List<? extends @Nullable Object> values) {
    StringWriter out = new StringWriter();
    PythonYaml yaml = new PythonYaml(out);
    yaml.beginMapping().key("data").beginList();
    for (Object value : values) {
      yaml.beginMapping().entry("k", value).key("l").beginList().value(value).end().end();
    }
    yaml.end().end();
    return out.toString();
  }

  private static List<Object> read(String document) throws IOException {
    List<Object> items = new ArrayList<>();
    try (YamlReader reader =
        new YamlReader(new StringReader(document), "test", YamlLimits.DEFAULT)) {
      reader.enterDocument();
      assertThat(reader.nextKey()).isEqualTo("data");
      reader.enterList("data");
      while (reader.hasNext()) {
        items.add(Objects.requireNonNull(reader.value()));
      }
      assertThat(reader.nextKey()).isNull();
      reader.finish();
    }
    return items;
  }

  private static List<String> texts() throws IOException {
    return List.of(JsonMapper.shared().readValue(resource("texts.json"), String[].class));
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = PythonYamlTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
