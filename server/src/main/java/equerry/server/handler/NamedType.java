package equerry.server.handler;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.server.repository.ServedRepository;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A dataset type as look-ups name it, maybe with a component: `calexp.wcs`.
///
/// Clients before release 30 send such names when they read a component and want the component's
/// type in the answer; those after it ask for the whole.
///
/// @param whole name of the type that the registry knows
/// @param component what follows the first dot, null when there is none
record NamedType(String whole, @Nullable String component) {
  private static final Pattern WITH_COMPONENT =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\.([a-zA-Z_][a-zA-Z0-9_.]*)");

  /// Takes a name apart; one that is no name of a component stays whole.
  static NamedType of(String name) {
    Matcher parts = WITH_COMPONENT.matcher(name);
    return parts.matches()
        ? new NamedType(parts.group(1), parts.group(2))
        : new NamedType(name, null);
  }

  /// The type.
  ///
  /// @throws ButlerException.NotFound (missing_dataset_type)
  /// @throws ButlerException.Invalid (unknown_component)
  DatasetType load(ServedRepository repository) {
    DatasetType type = repository.butler().datasetTypes().load(whole);
    if (component == null) {
      return type;
    }
    return repository
        .storageClasses()
        .findComponent(type.storageClass(), component)
        .map(storageClass -> type.componentType(component, storageClass))
        .orElseThrow(
            () ->
                new ButlerException.Invalid(
                    ErrorCode.UNKNOWN_COMPONENT,
                    "Dataset type '%s' has no component '%s': its storage class is '%s'."
                        .formatted(whole, component, type.storageClass())));
  }

  /// Makes refs of the whole those of the component, if one is named.
  ///
  /// @throws ButlerException as [#load], before anything is looked up
  UnaryOperator<DatasetRef> part(ServedRepository repository) {
    if (component == null) {
      return UnaryOperator.identity();
    }
    DatasetType type = load(repository);
    return ref -> ref.as(type);
  }
}
