package equerry.server.http;

import org.jspecify.annotations.Nullable;

/// Is told of every answered request. Called by the thread that answered; must not throw.
@FunctionalInterface
public interface RequestObserver {
  /// @param exchange the request and its answer
  /// @param route the route, null when there was none
  /// @param outcome how it went
  void answered(Exchange exchange, @Nullable Route route, Outcome outcome);

  /// How a request went.
  ///
  /// @param status status of the answer
  /// @param nanos how long it took
  /// @param failure what went wrong on our side, null when nothing did
  /// @param broken whether the answer was cut off
  record Outcome(int status, long nanos, @Nullable Throwable failure, boolean broken) {}
}
