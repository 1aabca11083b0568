package equerry.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/// Remembers the groups of users for a while.
///
/// An answer that lets a user in is good for longer than one that keeps them out, so that a person
/// who was just added to a group need not wait. While Gafaelfawr is down, those who are remembered
/// as members keep their access until the answer expires. (The stock server remembers for the life
/// of its process, so that a removed member keeps access until it restarts.)
public final class CachedMembership {
  private static final int MAX_USERS = 20_000;

  private final Membership source;
  private final Times times;
  private final Cache<String, Answer> answers;

  /// How long answers are good.
  ///
  /// @param grantedFor when they let the user in
  /// @param refusedFor when they keep the user out
  public record Times(Duration grantedFor, Duration refusedFor) {}

  private record Answer(Set<String> groups, long atNanos) {}

  public CachedMembership(Membership source, Times times) {
    this.source = source;
    this.times = times;
    this.answers =
        Caffeine.newBuilder().maximumSize(MAX_USERS).expireAfterWrite(times.grantedFor()).build();
  }

  /// Whether the groups of a user fulfil a condition.
  public boolean fulfils(String user, String token, Predicate<Set<String>> condition) {
    Answer known = answers.getIfPresent(user);
    if (known != null) {
      boolean granted = condition.test(known.groups());
      if (granted || System.nanoTime() - known.atNanos() < times.refusedFor().toNanos()) {
        return granted;
      }
    }
    Set<String> groups = Set.copyOf(source.groupsOf(user, token));
    answers.put(user, new Answer(groups, System.nanoTime()));
    return condition.test(groups);
  }
}
