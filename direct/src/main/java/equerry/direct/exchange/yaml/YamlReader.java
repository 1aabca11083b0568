package equerry.direct.exchange.yaml;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// Reads one YAML document from its begin to its end: large collections step by step, small values
/// as a whole.
///
/// Every method throws [ButlerException.Invalid] (malformed) for what is not there, with the line,
/// and [ButlerException.LimitExceeded] for what is more than [YamlLimits] allow. For one thread.
public final class YamlReader implements AutoCloseable {
  private final String name;
  private final YamlLimits limits;
  private final CountingReader characters;
  private final ParserImpl parser;
  private final YamlValues values;
  private final Deque<Event.ID> open = new ArrayDeque<>();
  private int line;

  /// @param name what messages call the document
  public YamlReader(Reader reader, String name, YamlLimits limits) {
    this.name = name;
    this.limits = limits;
    this.characters = new CountingReader(reader, limits.scalarChars());
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setProcessComments(false);
    this.parser = new ParserImpl(new StreamReader(characters), options);
    this.values = new YamlValues(this, limits);
  }

  /// Enters the document, which must hold a mapping.
  public void enterDocument() {
    take();
    if (peek().is(Event.ID.StreamEnd)) {
      throw fault("it is empty");
    }
    take();
    enterMapping("the document");
  }

  /// Enters a mapping, whose entries are read with [#nextKey].
  ///
  /// @param what names it in messages
  public void enterMapping(String what) {
    if (!(take() instanceof MappingStartEvent start) || isTagged(start.getTag(), "map")) {
      throw fault(what + " must be a mapping");
    }
    enter(Event.ID.MappingStart);
  }

  /// Enters a list, whose items are counted with [#hasNext].
  public void enterList(String what) {
    if (!(take() instanceof SequenceStartEvent start) || isTagged(start.getTag(), "seq")) {
      throw fault(what + " must be a list");
    }
    enter(Event.ID.SequenceStart);
  }

  private static boolean isTagged(@Nullable String tag, String standard) {
    return tag != null && !tag.equals("!") && !tag.equals("tag:yaml.org,2002:" + standard);
  }

  private void enter(Event.ID collection) {
    open.push(collection);
    if (open.size() > limits.depth()) {
      throw tooDeep();
    }
  }

  /// The key of a mapping's next entry, whose value must be read then; null after the last.
  public @Nullable String nextKey() {
    if (peek().is(Event.ID.MappingEnd)) {
      leave();
      return null;
    }
    return values.key(take());
  }

  /// Whether a list has another item, which must be read then.
  public boolean hasNext() {
    if (peek().is(Event.ID.SequenceEnd)) {
      leave();
      return false;
    }
    return true;
  }

  private void leave() {
    take();
    open.pop();
  }

  /// Reads a value as a whole: null, [Boolean], [Long], [Double], [String], `byte[]`,
  /// [java.util.UUID], [YamlTime], [equerry.api.time.Timespan], [EncodedRegion], or a list or a map
  /// with texts for keys.
  public @Nullable Object value() {
    return values.read(open.size());
  }

  /// Passes a value by.
  public void skip() {
    int depth = 0;
    do {
      Event event = take();
      if (event.is(Event.ID.MappingStart) || event.is(Event.ID.SequenceStart)) {
        depth++;
        if (depth + open.size() > limits.depth()) {
          throw tooDeep();
        }
      } else if (event.is(Event.ID.MappingEnd) || event.is(Event.ID.SequenceEnd)) {
        depth--;
      }
    } while (depth > 0);
  }

  /// Checks that nothing follows the document.
  public void finish() {
    take();
    if (!peek().is(Event.ID.StreamEnd)) {
      throw fault("a second document follows; only one can be read");
    }
  }

  /// Whether the next value is a list.
  public boolean isList() {
    return peek() instanceof SequenceStartEvent;
  }

  Event take() {
    Event event = parse(true);
    Mark mark = event.getStartMark();
    line = mark == null ? line : mark.getLine() + 1;
    return event;
  }

  Event peek() {
    return parse(false);
  }

  private Event parse(boolean consumed) {
    try {
      Event event = consumed ? parser.getEvent() : parser.peekEvent();
      characters.eventMade();
      return event;
    } catch (MarkedYAMLException broken) {
      Mark mark = broken.getProblemMark();
      line = mark == null ? line : mark.getLine() + 1;
      throw fault(String.valueOf(broken.getProblem()));
    } catch (YAMLException broken) {
      throw fault(String.valueOf(broken.getMessage()).lines().findFirst().orElse("broken"));
    }
  }

  /// The error of something that the document must not hold, at the place that was read last.
  public ButlerException.Invalid fault(String reason) {
    return new ButlerException.Invalid(
        ErrorCode.MALFORMED,
        "The document %s cannot be read, line %d: %s.".formatted(name, line, reason));
  }

  ButlerException.LimitExceeded tooDeep() {
    return exceeded("collections more than " + limits.depth() + " deep", "depth");
  }

  ButlerException.LimitExceeded exceeded(String what, String limit) {
    return new ButlerException.LimitExceeded(
        "The document %s has %s at line %d (%s).".formatted(name, what, line, limit));
  }

  /// The text of a scalar without its type.
  static @Nullable String text(Event event) {
    return event instanceof ScalarEvent scalar ? scalar.getValue() : null;
  }

  @Override
  public void close() throws IOException {
    characters.close();
  }
}
