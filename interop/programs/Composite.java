import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import equerry.api.dataset.DatasetEdits.IdMode;
import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.file.FileEdits.Content;
import equerry.api.file.FileEdits.Source;
import equerry.direct.DirectButler;
import equerry.direct.WritableDirectButler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/// Puts a composite in parts, which no command does: `java -cp … Composite REPO`.
public final class Composite {
  private Composite() {}

  public static void main(String[] arguments) {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    try (WritableDirectButler butler =
        DirectButler.openForWriting(arguments[0], DirectButler.Options.defaults())) {
      DataId dataId =
          butler.datasets().expand(Map.of("instrument", "PartsCam", "detector", 1L)).dataId();
      Content parts =
          new Content.Parts(
              Map.of(
                  "summary", bytes("{\"a\": 1}"),
                  "output", bytes("{\"b\": 2}"),
                  "data", bytes("[1, 2, 3]")));
      butler.write(
          changes -> {
            DatasetRef ref =
                changes.datasets().insert("split", "parts/run", List.of(dataId), IdMode.UNIQUE).getFirst();
            changes.files().put(ref, parts);
            return ref;
          });
    }
  }

  private static Source bytes(String text) {
    return new Source.Bytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
