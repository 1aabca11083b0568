package equerry.datastore.template;

import equerry.api.dimension.DimensionGroup;
import equerry.datastore.template.TemplatePart.FieldName;
import equerry.datastore.template.TemplatePart.Presence;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a template, sorted by what can be asked of them.
///
/// @param special the fields that every dataset has a value for, or none at all
/// @param mandatorySpecial those of them that must be there
/// @param dimensions the dimensions of all other fields
/// @param mandatoryDimensions those of them that must be there
record FieldSets(
    Set<String> special,
    Set<String> mandatorySpecial,
    Set<String> dimensions,
    Set<String> mandatoryDimensions) {

  /// The fields of a template for dataset types of some dimensions: of alternatives the first one
  /// that these have, or all when they have none. Without dimensions, all.
  static FieldSets of(List<TemplatePart> parts, @Nullable DimensionGroup group) {
    FieldSets sets =
        new FieldSets(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    for (TemplatePart part : parts) {
      if (part instanceof TemplatePart.Field field) {
        chosen(field, group).forEach(name -> sets.add(name, field.presence()));
      }
    }
    return sets;
  }

  private static List<FieldName> chosen(TemplatePart.Field field, @Nullable DimensionGroup group) {
    return group == null
        ? field.alternatives()
        : field.alternatives().stream()
            .filter(name -> name.isSpecial() || group.containsElement(name.base()))
            .findFirst()
            .map(List::of)
            .orElse(field.alternatives());
  }

  private void add(FieldName name, Presence presence) {
    Set<String> all = name.isSpecial() ? special : dimensions;
    all.add(name.base());
    if (presence == Presence.REQUIRED) {
      (name.isSpecial() ? mandatorySpecial : mandatoryDimensions).add(name.base());
    }
  }
}
