package equerry.datastore.location;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Percent encoding of UTF-8 text as Python's `urllib.parse.quote` and `unquote` do it.
///
/// The stock package builds every URI with those two functions, and records and links must agree
/// with it to the byte, so their choices are kept: letters, digits and `_.-~` stay (and `/` in
/// paths), everything else is encoded in upper-case hex.
public final class PercentCoding {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private PercentCoding() {}

  /// Encodes a path; `/` is kept.
  public static String encodePath(String plain) {
    return encode(plain, "_.-~/");
  }

  /// Encodes one segment of a path or one value of a query; `/` is encoded too.
  public static String encodeSegment(String plain) {
    return encode(plain, "_.-~");
  }

  /// Makes a fragment fit for a URL: what the URL standard does not allow in a fragment is encoded,
  /// the rest (including `%`) is kept, so that a fragment that is encoded already is not encoded
  /// twice. The source of the set is the "fragment percent-encode set" of url.spec.whatwg.org.
  public static String encodeFragment(String fragment) {
    StringBuilder out = new StringBuilder(fragment.length() + 8);
    for (byte raw : fragment.getBytes(StandardCharsets.UTF_8)) {
      int octet = raw & 0xff;
      if (octet <= ' ' || octet >= 0x7f || "\"<>`".indexOf(octet) >= 0) {
        appendEncoded(out, octet);
      } else {
        out.append((char) octet);
      }
    }
    return out.toString();
  }

  private static String encode(String plain, String kept) {
    StringBuilder out = new StringBuilder(plain.length() + 16);
    for (byte raw : plain.getBytes(StandardCharsets.UTF_8)) {
      int octet = raw & 0xff;
      if (isAlphanumeric(octet) || kept.indexOf(octet) >= 0) {
        out.append((char) octet);
      } else {
        appendEncoded(out, octet);
      }
    }
    return out.toString();
  }

  /// Decodes leniently: what is no escape stays, what is no UTF-8 becomes U+FFFD.
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    return new String(decodedBytes(text), StandardCharsets.UTF_8);
  }

  /// Decodes text that comes from a request: a broken escape or bytes that are not UTF-8 give an
  /// empty result, since such text has no single meaning.
  public static Optional<String> decodeStrictly(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      if (!isEscape(text, i)) {
        return Optional.empty();
      }
    }
    try {
      CharBuffer chars =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decodedBytes(text)));
      return Optional.of(chars.toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static byte[] decodedBytes(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) == '%' && isEscape(text, i)) {
        out.write(Integer.parseInt(text, i + 1, i + 3, 16));
        i += 3;
      } else {
        int next = text.indexOf('%', i + 1);
        int end = next < 0 ? text.length() : next;
        out.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end;
      }
    }
    return out.toByteArray();
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && isHexDigit(text.charAt(at + 1))
        && isHexDigit(text.charAt(at + 2));
  }

  private static boolean isHexDigit(char c) {
    return c < 0x80 && Character.digit(c, 16) >= 0;
  }

  private static boolean isAlphanumeric(int octet) {
    return (octet >= '0' && octet <= '9')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= 'a' && octet <= 'z');
  }

  private static void appendEncoded(StringBuilder out, int octet) {
    out.append('%').append(HEX[octet >> 4]).append(HEX[octet & 0xf]);
  }
}
