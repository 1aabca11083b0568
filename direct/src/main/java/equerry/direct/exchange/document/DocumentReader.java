package equerry.direct.exchange.document;

import equerry.api.query.ResultStream;
import equerry.direct.exchange.yaml.YamlLimits;
import equerry.direct.exchange.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Reads the parts of a document in their order, lists in pieces, so that a document may be longer
/// than memory.
///
/// Malformed documents fail where they are read; read one through before anything is made of it.
public final class DocumentReader implements ResultStream<Part> {
  /// How many items of a list come in one part.
  static final int ITEMS = 1_000;

  private final YamlReader yaml;
  private final Deque<Part> ready = new ArrayDeque<>();
  private @Nullable EntryFields entry;
  private boolean inList;
  private boolean done;

  private DocumentReader(YamlReader yaml) {
    this.yaml = yaml;
  }

  /// Begins to read.
  ///
  /// @throws equerry.api.error.ButlerException.Invalid (malformed)
  public static DocumentReader open(DocumentSource source) {
    try {
      YamlReader yaml = new YamlReader(source.open(), source.name(), YamlLimits.DEFAULT);
      DocumentReader reader = new DocumentReader(yaml);
      reader.findData();
      return reader;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void findData() {
    yaml.enterDocument();
    String key = yaml.nextKey();
    while (key != null && !key.equals(DocumentHeader.DATA)) {
      yaml.skip();
      key = yaml.nextKey();
    }
    if (key == null) {
      throw yaml.fault("it has no '" + DocumentHeader.DATA + "'");
    }
    yaml.enterList("'" + DocumentHeader.DATA + "'");
  }

  /// The parts; the iterator may be asked for once.
  @Override
  public Iterator<Part> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (ready.isEmpty() && !done) {
          advance();
        }
        return !ready.isEmpty();
      }

      @Override
      public Part next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return ready.remove();
      }
    };
  }

  private void advance() {
    EntryFields current = entry;
    if (inList && current != null) {
      readItems(current);
    } else if (current != null) {
      readField(current);
    } else if (yaml.hasNext()) {
      yaml.enterMapping("an entry of 'data'");
      entry = new EntryFields(yaml);
    } else {
      readRest();
      done = true;
    }
  }

  private void readField(EntryFields current) {
    String key = yaml.nextKey();
    if (key == null) {
      ready.addAll(current.finish());
      entry = null;
    } else if (current.canStream(key)) {
      yaml.enterList("'" + key + "'");
      inList = true;
    } else {
      current.put(key, yaml.value());
    }
  }

  private void readItems(EntryFields current) {
    List<@Nullable Object> items = new ArrayList<>();
    while (items.size() < ITEMS) {
      if (!yaml.hasNext()) {
        inList = false;
        break;
      }
      items.add(yaml.value());
    }
    ready.addAll(current.parts(items));
  }

  private void readRest() {
    while (yaml.nextKey() != null) {
      yaml.skip();
    }
    yaml.finish();
  }

  @Override
  public void close() {
    try {
      yaml.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
