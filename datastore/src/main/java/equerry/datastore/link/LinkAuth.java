package equerry.datastore.link;

/// Which credentials a client must send along with a link.
public enum LinkAuth {
  /// None: the link is enough.
  NONE("none"),
  /// Those that the client has for the datastore's web server.
  DATASTORE("datastore");

  private final String wireName;

  LinkAuth(String wireName) {
    this.wireName = wireName;
  }

  /// The value of `auth` in the protocol.
  public String wireName() {
    return wireName;
  }
}
