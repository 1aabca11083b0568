package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.WritableStore;
import equerry.datastore.location.PathText;
import equerry.datastore.template.FileTemplate;
import equerry.datastore.template.Formatters;

/// How files of datasets are called in one datastore.
record Naming(WritableStore store) {
  /// A name and the formatter that goes with it.
  record Named(String path, String formatter) {}

  /// The name of the file of a dataset that is put.
  ///
  /// @param given the name of the file that holds it now, empty for none. Its end is kept when the
  ///     formatter reads such files.
  Named forPut(DatasetRef ref, String given) {
    Formatters.Formatter formatter =
        store.formatters().find(ref).orElseThrow(() -> noFormatter(ref));
    FileTemplate template = store.templates().load(ref);
    template.refuseUnfit(ref.type());
    String end = PathText.extension(given);
    boolean keeps = !end.isEmpty() && store.formatters().reads(formatter.name(), given);
    String extension =
        keeps ? end : formatter.extension().orElseThrow(() -> noExtension(ref, formatter));
    return new Named(PathText.withExtension(template.path(ref), extension), formatter.name());
  }

  /// The name of the file of a dataset that is ingested.
  ///
  /// @param source path of the file, whose end is kept
  Named forIngest(DatasetRef ref, String source, String formatter) {
    String path =
        PathText.withExtension(store.templates().load(ref).path(ref), PathText.extension(source));
    if (!store.formatters().reads(formatter, PathText.name(path))) {
      throw new ButlerException.Invalid(
          ErrorCode.FILE_TEMPLATE,
          "The file '"
              + PathText.name(source)
              + "' cannot be ingested: its formatter '"
              + formatter
              + "' reads files that end in "
              + String.join(", ", store.formatters().endsReadBy(formatter))
              + ". Name another formatter; nothing is changed.");
    }
    return new Named(path, formatter);
  }

  /// The formatter that the configuration names for a dataset.
  String formatter(DatasetRef ref) {
    return store
        .formatters()
        .find(ref)
        .map(Formatters.Formatter::name)
        .orElseThrow(() -> noFormatter(ref));
  }

  private ButlerException noFormatter(DatasetRef ref) {
    return new ButlerException.Invalid(
        ErrorCode.DATASET_REJECTED,
        "Datastore '"
            + store.name()
            + "' has no formatter for dataset type '"
            + ref.type().name()
            + "' with storage class '"
            + ref.type().storageClass()
            + "'. Add one to its configuration; nothing is changed.");
  }

  private static ButlerException noExtension(DatasetRef ref, Formatters.Formatter formatter) {
    return new ButlerException.Invalid(
        ErrorCode.FILE_TEMPLATE,
        "It is not known how files of the formatter '"
            + formatter.name()
            + "' end, which '"
            + ref.type().name()
            + "' has. Give a file with the right end; nothing is changed.");
  }
}
