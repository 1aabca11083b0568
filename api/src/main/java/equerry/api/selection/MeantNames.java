package equerry.api.selection;

import equerry.api.Butler;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetType;
import equerry.api.error.ButlerException;
import equerry.api.error.DidYouMean;
import equerry.api.error.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Completes the errors on unknown collections and dataset types with the known name that may be
/// meant. What is known is asked of the butler only after such an error.
///
/// @param datasetTypes names of dataset types that were asked for
/// @param collections names of collections that were asked for
public record MeantNames(Collection<String> datasetTypes, Collection<String> collections) {
  private static final List<String> ALL = List.of("*");

  public MeantNames {
    datasetTypes = List.copyOf(datasetTypes);
    collections = List.copyOf(collections);
  }

  /// Does something with a butler and completes its error, if there is one.
  public static <T> T during(Butler butler, MeantNames names, Supplier<T> action) {
    try {
      return action.get();
    } catch (ButlerException.NotFound missing) {
      throw names.complete(butler, missing);
    }
  }

  private ButlerException.NotFound complete(Butler butler, ButlerException.NotFound missing) {
    String sentence =
        switch (missing.code()) {
          case MISSING_COLLECTION -> sentence(collections, collectionNames(butler));
          case MISSING_DATASET_TYPE -> sentence(datasetTypes, typeNames(butler));
          default -> "";
        };
    if (sentence.isEmpty() || missing.detail().contains(sentence.strip())) {
      return missing;
    }
    ButlerException.NotFound told =
        new ButlerException.NotFound(missing.code(), missing.detail() + sentence);
    told.addSuppressed(missing);
    return told;
  }

  /// The suggestion for the first of the names that is not known.
  private static String sentence(Collection<String> asked, List<String> known) {
    Set<String> all = Set.copyOf(known);
    return asked.stream()
        .filter(name -> !all.contains(name))
        .findFirst()
        .map(name -> DidYouMean.sentence(name, known))
        .orElse("");
  }

  /// The dataset types of a repository; none when they cannot be told.
  public static List<String> typeNames(Butler butler) {
    try {
      return butler.datasetTypes().search(ALL).found().stream().map(DatasetType::name).toList();
    } catch (ButlerException unknown) {
      return List.of();
    }
  }

  private static List<String> collectionNames(Butler butler) {
    CollectionSearch search =
        new CollectionSearch(
            ALL,
            Set.of(CollectionType.values()),
            new CollectionSearch.Chains(false, true),
            Set.of(),
            null);
    try {
      return butler.collections().search(search).stream().map(CollectionInfo::name).toList();
    } catch (ButlerException unknown) {
      return List.of();
    }
  }

  /// The error for a dataset type that does not exist.
  public static ButlerException.NotFound missingType(Butler butler, String name) {
    return new ButlerException.NotFound(
        ErrorCode.MISSING_DATASET_TYPE,
        "Dataset type with name '"
            + name
            + "' not found."
            + DidYouMean.sentence(name, typeNames(butler)));
  }
}
