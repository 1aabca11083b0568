package equerry.server.identity;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.server.http.Principal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may read which repository: the one place where that is decided.
public final class AccessPolicy {
  /// The group that everybody is in.
  private static final String EVERYBODY = "*";

  private final Map<String, Set<String>> groupsByLabel;
  private final @Nullable CachedMembership membership;

  /// @param groupsByLabel the groups that may read each repository
  /// @param membership who is in which group; none when everybody may read everything, which is
  ///     for servers that only their own machine can reach
  public AccessPolicy(
      Map<String, Set<String>> groupsByLabel, Optional<CachedMembership> membership) {
    this.groupsByLabel = Map.copyOf(groupsByLabel);
    this.membership = membership.orElse(null);
  }

  /// Returns when the principal may read the repository. The texts are those of the stock server.
  ///
  /// @throws ButlerException.Denied when not
  /// @throws ButlerException.NotFound (unknown repository) when nobody configured the label
  public void check(Principal principal, String label) {
    if (membership != null && principal.user() == null) {
      throw missing("X-Auth-Request-User");
    }
    Set<String> allowed = groupsByLabel.get(label);
    if (allowed == null) {
      throw new ButlerException.NotFound(
          ErrorCode.UNKNOWN_REPOSITORY, "Unknown repository '" + label + "'");
    }
    if (membership != null && !allowed.contains(EVERYBODY)) {
      checkGroups(membership, principal, label, allowed);
    }
  }

  private static void checkGroups(
      CachedMembership membership, Principal principal, String label, Set<String> allowed) {
    String user = principal.user();
    String token = principal.token();
    if (user == null || token == null) {
      throw missing("X-Auth-Request-Token");
    }
    if (!membership.fulfils(user, token, groups -> !Collections.disjoint(groups, allowed))) {
      throw new ButlerException.Denied(
          "User " + user + " does not have permission to access Butler repository '" + label + "'");
    }
  }

  /// Whether users are told apart, and so limits for each of them count.
  public boolean knowsUsers() {
    return membership != null;
  }

  private static ButlerException missing(String header) {
    return new ButlerException.Denied("Required " + header + " header was not provided");
  }
}
