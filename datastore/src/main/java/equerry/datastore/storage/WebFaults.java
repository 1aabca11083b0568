package equerry.datastore.storage;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.PathText;
import equerry.datastore.location.ResourceUri;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Names what the status of a web server's answer means. Success passes.
final class WebFaults {
  private static final Logger LOG = LoggerFactory.getLogger(WebFaults.class);

  private WebFaults() {}

  static void refuseRead(ResourceUri file, int status) {
    if (status == 404 || status == 410) {
      throw FileFaults.missing(file.path());
    }
    if (status / 100 != 2) {
      throw new ButlerException.Unavailable(
          isDenied(status) ? ErrorCode.ACCESS_DENIED : ErrorCode.FILE_UNAVAILABLE,
          "The file '" + name(file) + "' cannot be read: its server answered " + status + ".",
          null);
    }
  }

  static void refuseWrite(ResourceUri file, int status) {
    if (status / 100 == 2) {
      return;
    }
    if (status == 507 || status == 413) {
      throw FileFaults.full(name(file), null);
    }
    if (isDenied(status)) {
      throw FileFaults.denied(name(file), null);
    }
    throw new ButlerException.Unavailable(
        ErrorCode.FILE_UNAVAILABLE,
        "The file '"
            + name(file)
            + "' cannot be written: its server answered "
            + status
            + ". Nothing is changed. Is it a server with WebDAV?",
        null);
  }

  static void refuseDelete(ResourceUri file, int status) {
    if (status / 100 != 2) {
      throw new ButlerException.Unavailable(
          isDenied(status) ? ErrorCode.READ_ONLY : ErrorCode.FILE_UNAVAILABLE,
          "The file '" + name(file) + "' cannot be deleted: its server answered " + status + ".",
          null);
    }
  }

  static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      LOG.debug("An answer could not be closed", e);
    }
  }

  private static boolean isDenied(int status) {
    return status == 401 || status == 403;
  }

  private static String name(ResourceUri file) {
    return PathText.name(file.decodedPath());
  }
}
