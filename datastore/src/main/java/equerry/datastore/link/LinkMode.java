package equerry.datastore.link;

/// What kind of links a server hands out; its `authentication` setting decides.
public enum LinkMode {
  /// Links that need no credentials for a limited time (`rubin_science_platform`, and no login).
  SIGNED,
  /// The storage's own http(s) URLs, to which the client adds its credentials (`cadc`). Storage that
  /// has no such URL gets a signed link in this mode too.
  UNMODIFIED
}
