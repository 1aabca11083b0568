package equerry.registry.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/// Names with `*`, `?` and `[…]`, as Python's fnmatch reads them: case-sensitive, whole name.
///
/// Matching goes back only to the last star, so it takes at most the product of both lengths; a
/// regular expression could be made to take exponential time.
public final class Globs {
  /// Marks a star among the tokens of a glob; it is compared by identity and never called.
  private static final IntPredicate STAR = c -> true;

  private Globs() {}

  /// Whether a name holds a glob character.
  public static boolean isGlob(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0 || name.indexOf('[') >= 0;
  }

  /// The test that a glob stands for.
  public static Predicate<String> matcher(String glob) {
    List<IntPredicate> tokens = tokens(glob);
    return name -> matches(tokens, name);
  }

  private static List<IntPredicate> tokens(String glob) {
    List<IntPredicate> tokens = new ArrayList<>();
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i);
      int end = c == '[' ? classEnd(glob, i) : -1;
      if (end >= 0) {
        tokens.add(charClass(glob.substring(i + 1, end)));
        i = end + 1;
      } else {
        tokens.add(c == '*' ? STAR : c == '?' ? any -> true : same -> same == c);
        i++;
      }
    }
    return tokens;
  }

  /// The place of the bracket that ends a class, or -1: a bracket right at the start is a member.
  private static int classEnd(String glob, int start) {
    int first = start + 1;
    if (first < glob.length() && glob.charAt(first) == '!') {
      first++;
    }
    return glob.indexOf(']', Math.min(first + 1, glob.length()));
  }

  private static IntPredicate charClass(String body) {
    boolean inverted = body.startsWith("!");
    String members = inverted ? body.substring(1) : body;
    return c -> inverted != isMember(members, c);
  }

  private static boolean isMember(String members, int c) {
    int i = 0;
    while (i < members.length()) {
      boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
      char low = members.charAt(i);
      char high = range ? members.charAt(i + 2) : low;
      if (low <= c && c <= high) {
        return true;
      }
      i += range ? 3 : 1;
    }
    return false;
  }

  private static boolean matches(List<IntPredicate> tokens, String name) {
    int token = 0;
    int at = 0;
    int star = -1;
    int resume = 0;
    while (at < name.length()) {
      if (token < tokens.size() && tokens.get(token) == STAR) {
        star = token++;
        resume = at;
      } else if (token < tokens.size() && tokens.get(token).test(name.charAt(at))) {
        token++;
        at++;
      } else if (star >= 0) {
        token = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (token < tokens.size() && tokens.get(token) == STAR) {
      token++;
    }
    return token == tokens.size();
  }
}
