package equerry.datastore.template;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A template for names of files, such as `{run:/}/{datasetType}/{visit:08d}_{detector.full_name}`.
///
/// A field is a dimension, a column of a dimension's record (`visit.name`) or one of the special
/// fields `run`, `id`, `datasetType`, `component` and `skypix`, with alternatives (`exposure|visit`).
/// After a colon comes a format of Python, in which `?` lets a missing field vanish together with
/// the text before it (unless that has a `/`), and `/` keeps slashes in the value. The source of all
/// rules is the behaviour of the stock package.
public final class FileTemplate {
  static final Set<String> SPECIAL = Set.of("run", "id", "datasetType", "component");

  private final String text;
  private final List<TemplatePart> parts;

  private FileTemplate(String text, List<TemplatePart> parts) {
    this.text = text;
    this.parts = parts;
  }

  /// Reads a template.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it, as the end of a sentence
  static FileTemplate parse(String text) {
    List<TemplatePart> parts = TemplateParser.parse(text);
    FieldSets fields = FieldSets.of(parts, null);
    if (fields.dimensions().contains("collection")) {
      throw new IllegalArgumentException("has the field 'collection'; it is called 'run'");
    }
    boolean hasId = fields.special().contains("id");
    if (!hasId && !fields.special().contains("run")) {
      throw new IllegalArgumentException("has neither the field 'run' nor 'id'");
    }
    if (fields.dimensions().isEmpty() && !hasId) {
      throw new IllegalArgumentException("has no field for a dimension, nor 'id'");
    }
    if (text.contains("../")) {
      throw new IllegalArgumentException("leaves its folder by '../'");
    }
    if (hasId && !text.substring(text.lastIndexOf('/') + 1).contains("{id}")) {
      throw new IllegalArgumentException("has the field 'id', but not in the name of the file");
    }
    return new FileTemplate(text, parts);
  }

  /// The path of a dataset's file below the root, without the end that its formatter gives it.
  ///
  /// @param ref with implied values, and with records when columns of records are named
  /// @throws ButlerException.Invalid (file_template) when there is none that is good
  public String path(DatasetRef ref) {
    RenderedPath.refuseRun(ref.run());
    return RenderedPath.of(new TemplateRendering(this, ref).render(parts), ref, text);
  }

  /// Refuses dataset types whose datasets this template would give equal names.
  ///
  /// As in the stock package that is asked of datasets that are put, not of files that are ingested.
  ///
  /// @throws ButlerException.Invalid (file_template)
  public void refuseUnfit(DatasetType type) {
    FieldSets fields = FieldSets.of(parts, type.dimensions());
    boolean isComponent = type.name().indexOf('.') >= 0;
    if (isComponent && !fields.special().contains("component")) {
      throw unfit("it has no field 'component', which '" + type.name() + "' needs");
    }
    if (!isComponent && fields.mandatorySpecial().contains("component")) {
      throw unfit("it demands a component, and '" + type.name() + "' is none");
    }
    Set<String> needed = withSkypix(new HashSet<>(type.dimensions().required()), type);
    Set<String> there = withSkypix(new HashSet<>(type.dimensions().names()), type);
    Set<String> demanded = withSkypix(new HashSet<>(fields.mandatoryDimensions()), type);
    Set<String> all = withSkypix(new HashSet<>(fields.dimensions()), type);
    if (!there.containsAll(demanded)) {
      demanded.removeAll(there);
      throw unfit("it demands " + demanded + ", which '" + type.name() + "' does not have");
    }
    if (!all.containsAll(needed)) {
      needed.removeAll(all);
      throw unfit("it lacks " + needed + ", so that datasets of '" + type.name() + "' collide");
    }
  }

  /// The one skypix dimension of a type goes by the name `skypix`.
  private static Set<String> withSkypix(Set<String> names, DatasetType type) {
    TemplateRendering.skypixOf(type)
        .ifPresent(
            skypix -> {
              if (names.remove(skypix)) {
                names.add("skypix");
              }
            });
    return names;
  }

  /// An error of this template.
  ButlerException.Invalid unfit(String why) {
    return new ButlerException.Invalid(
        ErrorCode.FILE_TEMPLATE,
        "The file template '" + text + "' cannot be used: " + why + ". Nothing was changed.");
  }

  @Override
  public String toString() {
    return text;
  }
}
