package equerry.datastore;

import equerry.datastore.location.ResourceUri;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns the text of a `root` in a configuration into a URI.
///
/// As in the stock package `<butlerRoot>` may stand anywhere in the text, and in local paths `~`
/// and `$NAME` are expanded; a relative path starts at the working directory.
final class RootText {
  static final String PLACEHOLDER = "<butlerRoot>";
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{(?<braced>[A-Za-z0-9_]+)}|(?<bare>[A-Za-z0-9_]+))");

  private final String butlerRoot;
  private final Map<String, String> environment;

  RootText(String butlerRoot, Map<String, String> environment) {
    this.butlerRoot = withoutTrailingSlash(plainWhenLocal(butlerRoot));
    this.environment = Map.copyOf(environment);
  }

  /// The directory that the text names; [IllegalArgumentException] with the reason when none.
  ResourceUri resolve(String text) {
    String expanded = text.replace(PLACEHOLDER, butlerRoot);
    if (expanded.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("it holds a NUL character");
    }
    ResourceUri uri = isUri(expanded) ? parse(expanded) : local(expanded);
    if (!uri.query().isEmpty() || !uri.fragment().isEmpty()) {
      throw new IllegalArgumentException("a root has no query ('?') and no fragment ('#')");
    }
    return uri.asDirectory();
  }

  private static ResourceUri parse(String text) {
    ResourceUri uri =
        ResourceUri.parse(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "its kind of storage is not known (known: file, s3, gs, http, https, dav,"
                            + " davs)"));
    return switch (uri.kind()) {
      case LOCAL -> {
        if (!uri.path().startsWith("/")) {
          throw new IllegalArgumentException("a file URI must have an absolute path");
        }
        yield uri;
      }
      case S3, GOOGLE, WEB -> {
        if (uri.netloc().isEmpty()) {
          throw new IllegalArgumentException("it names no host or bucket");
        }
        yield uri;
      }
    };
  }

  private ResourceUri local(String text) {
    Matcher variables = VARIABLE.matcher(text);
    String expanded = variables.replaceAll(found -> Matcher.quoteReplacement(valueOf(found)));
    if (expanded.equals("~") || expanded.startsWith("~/")) {
      expanded = environment.getOrDefault("HOME", "~") + expanded.substring(1);
    }
    if (!expanded.startsWith("/")) {
      expanded = System.getProperty("user.dir") + "/" + expanded;
    }
    return ResourceUri.ofLocalPath(expanded, "");
  }

  private String valueOf(java.util.regex.MatchResult found) {
    String braced = found.group("braced");
    String name = braced == null ? found.group("bare") : braced;
    return environment.getOrDefault(name, found.group());
  }

  private static String plainWhenLocal(String root) {
    return root.startsWith("file:")
        ? ResourceUri.parse(root).map(ResourceUri::decodedPath).orElse(root)
        : root;
  }

  private static String withoutTrailingSlash(String root) {
    return root.length() > 1 && root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
  }

  private static boolean isUri(String text) {
    return text.contains("://") || text.startsWith("file:");
  }
}
