package equerry.server.http;

/// How a stream looks after itself while it runs. The watch calls it; it must not block.
public interface Attention {
  /// Nobody waits any more, or the server ends.
  void abandon();

  /// A few times a second.
  void tick(long nowNanos);
}
