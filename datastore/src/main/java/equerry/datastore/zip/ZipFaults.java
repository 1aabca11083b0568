package equerry.datastore.zip;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;

/// Names what is wrong with a zip file.
final class ZipFaults {
  private ZipFaults() {}

  /// @param why the end of a sentence that begins with the file
  static ButlerException.Invalid invalid(String why) {
    return new ButlerException.Invalid(ErrorCode.ZIP_INDEX, sentence(why));
  }

  /// @param why the end of a sentence that begins with the file
  static ButlerException.Invalid invalid(String why, Throwable cause) {
    return new ButlerException.Invalid(ErrorCode.ZIP_INDEX, sentence(why), cause);
  }

  private static String sentence(String why) {
    return "The zip file cannot be taken for one of datasets: " + why + ". Nothing is changed.";
  }
}
