package equerry.server.repository;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.client.wire.WireLimits;
import equerry.server.settings.RepositorySettings;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The repositories of a server, each opened at its first request.
///
/// One that cannot be opened answers with the reason and leaves the others alone. It is tried again
/// at a later request, but not more often than the retry time, however many requests there are.
public final class Repositories implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Repositories.class);

  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final RepositoryOpener opener;
  private final WireLimits limits;
  private final Duration retryAfter;

  public Repositories(
      Collection<RepositorySettings> settings,
      RepositoryOpener opener,
      WireLimits limits,
      Duration retryAfter) {
    this.opener = opener;
    this.limits = limits;
    this.retryAfter = retryAfter;
    settings.forEach(repository -> slots.put(repository.label(), new Slot(repository)));
  }

  /// The open repository of a label.
  ///
  /// @throws ButlerException.NotFound (unknown repository) for a label that nobody configured
  /// @throws ButlerException.Unavailable when it cannot be opened
  public ServedRepository load(String label) {
    Slot slot = slots.get(label);
    if (slot == null) {
      throw new ButlerException.NotFound(
          ErrorCode.UNKNOWN_REPOSITORY, "Unknown repository '" + label + "'");
    }
    ServedRepository known = slot.open;
    return known == null ? slot.load() : known;
  }

  /// Opens all; logs what cannot be opened.
  public void openAll() {
    for (String label : slots.keySet()) {
      try {
        load(label);
      } catch (ButlerException.Unavailable e) {
        LOG.warn("Repository '{}' is not open yet: {}", label, e.detail());
      }
    }
  }

  /// How many are open now.
  public int openCount() {
    return (int) slots.values().stream().filter(slot -> slot.open != null).count();
  }

  /// How many connections to databases are in use now, over all open repositories.
  public int busyConnections() {
    return slots.values().stream()
        .map(slot -> slot.open)
        .filter(Objects::nonNull)
        .mapToInt(ServedRepository::busyConnections)
        .sum();
  }

  public List<String> labels() {
    return List.copyOf(slots.keySet());
  }

  @Override
  public void close() {
    slots.values().forEach(Slot::close);
  }

  /// The place of one repository. The lock is held while it is opened, so that it is opened once.
  private final class Slot {
    private final RepositorySettings settings;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable ServedRepository open;
    private @Nullable ButlerException failure;
    private long failedAtNanos;
    private boolean closed;

    Slot(RepositorySettings settings) {
      this.settings = settings;
    }

    ServedRepository load() {
      opening.lock();
      try {
        ServedRepository known = open;
        if (known != null) {
          return known;
        }
        refuseTooEarly();
        ServedRepository opened = open();
        open = opened;
        failure = null;
        return opened;
      } finally {
        opening.unlock();
      }
    }

    private void refuseTooEarly() {
      if (closed) {
        throw unavailable("the server is ending", null);
      }
      if (failure != null && System.nanoTime() - failedAtNanos < retryAfter.toNanos()) {
        throw unavailable(failure.detail(), failure);
      }
    }

    private ServedRepository open() {
      long start = System.nanoTime();
      try {
        RepositoryOpener.Opened opened = opener.open(settings.label(), settings.configUri());
        ServedRepository repository = new ServedRepository(settings.label(), opened, limits);
        LOG.atInfo()
            .addKeyValue("butler_repo", settings.label())
            .addKeyValue("duration_ms", (System.nanoTime() - start) / 1_000_000)
            .log("repository-open");
        return repository;
      } catch (ButlerException e) {
        failure = e;
        failedAtNanos = System.nanoTime();
        LOG.warn("Repository '{}' cannot be opened: {}", settings.label(), e.detail(), e);
        throw unavailable(e.detail(), e);
      }
    }

    private ButlerException unavailable(String why, @Nullable Throwable cause) {
      return new ButlerException.Unavailable(
          ErrorCode.REPOSITORY_UNAVAILABLE,
          "Repository '" + settings.label() + "' cannot be opened: " + why,
          cause);
    }

    void close() {
      opening.lock();
      try {
        closed = true;
        ServedRepository opened = open;
        if (opened != null) {
          opened.close();
        }
      } finally {
        opening.unlock();
      }
    }
  }
}
