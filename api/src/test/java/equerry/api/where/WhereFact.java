package equerry.api.where;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.dimension.UniverseFacts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the stock package makes of one text (`src/test/python/where_facts.py`).
record WhereFact(JsonNode json) {
  static final DimensionUniverse UNIVERSE = UniverseFacts.universe(8);

  static List<WhereFact> all() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(WhereFact.class.getResourceAsStream("where_facts.jsonl")),
                StandardCharsets.UTF_8))) {
      return in.lines().map(line -> new WhereFact(JsonMapper.shared().readTree(line))).toList();
    }
  }

  boolean isWhere() {
    return json.has("where");
  }

  String text() {
    return json.get(isWhere() ? "where" : "order").stringValue();
  }

  WhereContext context() {
    Map<String, Object> binds = new HashMap<>();
    if (json.has("bind")) {
      json.get("bind")
          .properties()
          .forEach(e -> binds.put(e.getKey(), StockJson.bind(e.getValue())));
    }
    return new WhereContext(UNIVERSE.group(names("dimensions")), names("datasets"), binds);
  }

  Set<String> names(String key) {
    Set<String> names = new TreeSet<>();
    json.get(key).forEach(name -> names.add(name.stringValue()));
    return names;
  }

  @Override
  public String toString() {
    return text();
  }
}
