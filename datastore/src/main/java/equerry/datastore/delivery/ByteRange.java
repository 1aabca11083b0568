package equerry.datastore.delivery;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a `Range` header asks for, measured against a file.
sealed interface ByteRange {
  /// No range that counts: the whole file is sent.
  record Whole() implements ByteRange {}

  /// Bytes `first` to `last`, both included.
  record Part(long first, long last) implements ByteRange {}

  /// A range of which the file has no byte.
  record Unsatisfiable() implements ByteRange {}

  /// Reads a header. One range is understood; several are answered with the whole file, as RFC 9110
  /// (14.2) allows, and so is what has not the form of a range.
  static ByteRange of(String header, long sizeBytes) {
    Matcher match = Form.SINGLE.matcher(header);
    if (!match.matches()) {
      return new Whole();
    }
    String first = match.group(1);
    String last = match.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : suffix(number(last), sizeBytes);
    }
    long from = number(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
    if (to < from) {
      return new Whole();
    }
    return from >= sizeBytes ? new Unsatisfiable() : new Part(from, Math.min(to, sizeBytes - 1));
  }

  private static ByteRange suffix(long length, long sizeBytes) {
    return length == 0 || sizeBytes == 0
        ? new Unsatisfiable()
        : new Part(Math.max(0, sizeBytes - length), sizeBytes - 1);
  }

  /// Numbers beyond any file's size are as good as the largest.
  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /// Holds the pattern of a header with one range.
  final class Form {
    private static final Pattern SINGLE =
        Pattern.compile("\\s*bytes\\s*=\\s*(\\d*)-(\\d*)\\s*", Pattern.CASE_INSENSITIVE);

    private Form() {}
  }
}
