package equerry.datastore.template;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DimensionRecord;
import equerry.datastore.template.TemplatePart.FieldName;
import equerry.datastore.template.TemplatePart.Presence;
import equerry.datastore.template.TemplatePart.Slashes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fills the fields of a template with what one dataset has.
final class TemplateRendering {
  private static final String UNSAFE = " <>:\"\\|?*";

  private final FileTemplate template;
  private final DatasetRef ref;
  private final Map<String, @Nullable Object> values;
  private boolean componentUsed;

  TemplateRendering(FileTemplate template, DatasetRef ref) {
    this.template = template;
    this.ref = ref;
    this.values = new HashMap<>(ref.dataId().mapping());
    skypixOf(ref.type()).ifPresent(name -> values.put("skypix", values.get(name)));
    String name = ref.type().name();
    int dot = name.indexOf('.');
    values.put("datasetType", dot < 0 ? name : name.substring(0, dot));
    if (dot >= 0) {
      values.put("component", name.substring(dot + 1));
    }
    values.put("run", ref.run());
    values.put("id", ref.id().toString());
  }

  /// The skypix dimension of a type that has one only.
  static Optional<String> skypixOf(DatasetType type) {
    List<String> all =
        type.dimensions().names().stream()
            .filter(name -> type.dimensions().universe().element(name).skypix().isPresent())
            .toList();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  String render(List<TemplatePart> parts) {
    StringBuilder out = new StringBuilder();
    for (TemplatePart part : parts) {
      switch (part) {
        case TemplatePart.Text text -> out.append(text.literal());
        case TemplatePart.Field field -> append(out, field);
      }
    }
    if (values.containsKey("component") && !componentUsed) {
      throw template.unfit("it does not use the component of '" + ref.type().name() + "'");
    }
    return out.toString();
  }

  private void append(StringBuilder out, TemplatePart.Field field) {
    FieldName name = chosen(field);
    componentUsed |= name.base().equals("component");
    Optional<Present> found = find(name);
    if (found.isPresent()) {
      out.append(field.literal()).append(written(field, name, found.get().value()));
    } else if (field.presence() == Presence.REQUIRED) {
      throw template.unfit("there is no '" + name + "' for " + described());
    } else if (field.literal().indexOf('/') >= 0) {
      out.append(field.literal());
    }
  }

  private FieldName chosen(TemplatePart.Field field) {
    return field.alternatives().stream()
        .filter(name -> values.containsKey(name.base()))
        .findFirst()
        .orElse(field.alternatives().getFirst());
  }

  private Optional<Present> find(FieldName name) {
    if (!values.containsKey(name.base())) {
      return Optional.empty();
    }
    return name.column().isEmpty()
        ? Optional.of(new Present(values.get(name.base())))
        : findInRecord(name);
  }

  private Optional<Present> findInRecord(FieldName name) {
    List<DimensionRecord> records = ref.records();
    if (records == null) {
      throw template.unfit(
          "'" + name + "' needs the dimension records of " + described() + ", which are not given");
    }
    String element =
        name.base().equals("skypix") ? skypixOf(ref.type()).orElse("skypix") : name.base();
    return records.stream()
        .filter(record -> record.element().name().equals(element))
        .filter(record -> hasColumn(record, name.column()))
        .findFirst()
        .map(record -> new Present(record.value(name.column())));
  }

  private static boolean hasColumn(DimensionRecord record, String column) {
    boolean isOwnName =
        record.element().isDimension() && column.equals(record.element().primaryKey().name());
    return isOwnName
        || record.element().recordColumns().stream().anyMatch(c -> c.name().equals(column));
  }

  private String written(TemplatePart.Field field, FieldName name, @Nullable Object value) {
    return field
        .spec()
        .format(shown(field, name, value))
        .orElseThrow(() -> template.unfit("the format of '" + name + "' does not suit its value"));
  }

  private Object shown(TemplatePart.Field field, FieldName name, @Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case String text -> {
        String safe = safe(text);
        yield field.slashes() == Slashes.KEPT ? safe : safe.replace('/', '_');
      }
      case Boolean flag -> flag ? "True" : "False";
      case Integer number -> number.longValue();
      case Long number -> number;
      case Double number -> number;
      default -> throw template.unfit("a value of '" + name + "' cannot be part of a file name");
    };
  }

  private static String safe(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(UNSAFE.indexOf(c) >= 0 ? '_' : c);
    }
    return out.toString();
  }

  private String described() {
    return "'" + ref.type().name() + "' " + ref.dataId();
  }

  private record Present(@Nullable Object value) {}
}
