package equerry.server.identity;

import java.util.Set;

/// Tells the groups of a user.
@FunctionalInterface
public interface Membership {
  /// The groups of the user whose token this is.
  ///
  /// @throws equerry.api.error.ButlerException.Denied when the token is refused
  /// @throws equerry.server.http.HttpProblem (503, to be retried) when nobody answers
  Set<String> groupsOf(String user, String token);
}
