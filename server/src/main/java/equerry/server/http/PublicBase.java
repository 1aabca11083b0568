package equerry.server.http;

import java.util.regex.Pattern;

/// Where a client reached us, from the headers it or its proxy sent.
final class PublicBase {
  private static final Pattern HOST =
      Pattern.compile(
          "[A-Za-z0-9._-]{1,255}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}\\](:[0-9]{1,5})?");

  private PublicBase() {}

  /// A proxy chain lists its members from the client on, so the first is what the client used.
  ///
  /// @throws HttpProblem (400) for a host that is none
  static String of(String proto, String host) {
    String scheme = first(proto).equalsIgnoreCase("https") ? "https" : "http";
    String name = first(host);
    if (!HOST.matcher(name).matches()) {
      throw HttpProblem.of(400, "The Host header names no host under which links could be made.");
    }
    return scheme + "://" + name;
  }

  private static String first(String list) {
    int comma = list.indexOf(',');
    return (comma < 0 ? list : list.substring(0, comma)).strip();
  }
}
