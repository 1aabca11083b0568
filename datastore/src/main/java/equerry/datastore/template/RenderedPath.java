package equerry.datastore.template;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.PathText;
import java.util.regex.Pattern;

/// Makes a path of what a template gave, and refuses those by which the stock package would write
/// to another file than it records: it takes `#` for the start of a fragment, and undoes `%20`.
final class RenderedPath {
  private static final Pattern MISREAD = Pattern.compile("#|%[0-9A-Fa-f]{2}|\0");

  private RenderedPath() {}

  /// Refuses runs that the stock package cannot store files in.
  static void refuseRun(String run) {
    for (char c : new char[] {'#', '%', '?'}) {
      if (run.indexOf(c) >= 0) {
        throw new ButlerException.Invalid(
            ErrorCode.FILE_TEMPLATE,
            "No file can be stored in the run '"
                + run
                + "': a '"
                + c
                + "' in its name would lead readers to another file. Use another run; nothing was"
                + " changed.");
      }
    }
  }

  static String of(String rendered, DatasetRef ref, String template) {
    int slash = rendered.lastIndexOf('/');
    String file = rendered.substring(slash + 1).replace(".", "_").replace("#", "HASH");
    String path = PathText.normalized(rendered.substring(0, slash + 1) + file);
    String relative = path.startsWith("/") ? path.substring(1) : path;
    if (relative.isEmpty()
        || relative.equals("..")
        || relative.startsWith("../")
        || MISREAD.matcher(relative).find()) {
      throw new ButlerException.Invalid(
          ErrorCode.FILE_TEMPLATE,
          "The file template '"
              + template
              + "' gives the dataset '"
              + ref.type().name()
              + "' "
              + ref.dataId()
              + " the path '"
              + relative.replace('\0', '?')
              + "', which is not safe. Change the template; nothing was changed.");
    }
    return relative;
  }
}
