package equerry.datastore.local;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.PercentCoding;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/// Makes and reads the paths under which this server hands out local files.
///
/// ```
/// /api/butler/files/<expiry>.<signature>/<label>/in/<store tag>/<path below the root>
/// /api/butler/files/<expiry>.<signature>/<label>/at/<absolute path without its slash>
/// ```
///
/// The signature (HMAC-SHA256, Base64url) stands in the path and not in a query because the stock
/// client drops the query when it downloads a zip. It covers the expiry and everything after it in
/// decoded form, joined by NUL, which no part can hold; so a proxy that encodes a character anew
/// breaks nothing, and no two targets have the same signed text. Only [#pathFor] makes signatures
/// and it is called for file records only, so nothing but files that a record names can be reached.
public final class SignedPaths {
  /// What every signed path starts with.
  public static final String PREFIX = "/api/butler/files/";

  /// The longest path that is looked at.
  static final int MAX_PATH_CHARS = 16_384;

  private static final int MAX_EXPIRY_DIGITS = 11;
  private static final int SIGNATURE_CHARS = 43;
  private static final String IN_STORE = "in";
  private static final String DIRECT = "at";

  private final SigningKeys keys;
  private final LinkLifetime lifetime;
  private final Clock clock;

  /// @param keys what signs and what is accepted
  /// @param lifetime how long links work
  /// @param clock the time, for expiry
  public SignedPaths(SigningKeys keys, LinkLifetime lifetime, Clock clock) {
    this.keys = keys;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /// The signed path for a target, starting with [#PREFIX], percent-encoded.
  public String pathFor(SignedTarget target) {
    long expiry = lifetime.expirySeconds(clock.instant());
    String signature =
        Base64.getUrlEncoder().withoutPadding().encodeToString(keys.sign(message(expiry, target)));
    String label = PercentCoding.encodeSegment(target.label());
    String rest =
        switch (target) {
          case SignedTarget.InStore in ->
              IN_STORE + "/" + in.storeTag() + "/" + PercentCoding.encodePath(in.relative());
          case SignedTarget.Direct at -> DIRECT + PercentCoding.encodePath(at.absolutePath());
        };
    return PREFIX + expiry + "." + signature + "/" + label + "/" + rest;
  }

  /// Reads the path of a request.
  ///
  /// @param rawPath path as it came, encoded, without query
  /// @throws ButlerException.Invalid (malformed) when it has not the form of a signed path
  /// @throws ButlerException.Denied when the signature is not ours or the time is over
  public SignedTarget verify(String rawPath) {
    Parts parts = parse(rawPath).orElseThrow(SignedPaths::malformed);
    if (!keys.accepts(message(parts.expiry, parts.target), parts.signature)) {
      throw new ButlerException.Denied(
          "This link was not made by this server or was changed; ask the butler for a new one.");
    }
    if (parts.expiry < clock.instant().getEpochSecond()) {
      throw new ButlerException.Denied(
          "This link has expired; ask the butler for the file again to get a new one.");
    }
    return parts.target;
  }

  private static Optional<Parts> parse(String rawPath) {
    if (rawPath.length() > MAX_PATH_CHARS || !rawPath.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String[] segments = rawPath.substring(PREFIX.length()).split("/", 4);
    if (segments.length < 4) {
      return Optional.empty();
    }
    int dot = segments[0].indexOf('.');
    Optional<Long> expiry = expiry(segments[0].substring(0, Math.max(dot, 0)));
    Optional<byte[]> signature = signature(segments[0].substring(dot + 1));
    Optional<SignedTarget> target = target(segments[1], segments[2], segments[3]);
    if (expiry.isEmpty() || signature.isEmpty() || target.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Parts(expiry.get(), signature.get(), target.get()));
  }

  private static Optional<Long> expiry(String text) {
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && !text.isEmpty() && text.length() <= MAX_EXPIRY_DIGITS
        ? Optional.of(Long.parseLong(text))
        : Optional.empty();
  }

  private static Optional<byte[]> signature(String text) {
    if (text.length() != SIGNATURE_CHARS) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<SignedTarget> target(String rawLabel, String marker, String rawRest) {
    Optional<String> label = PercentCoding.decodeStrictly(rawLabel).filter(SignedPaths::isClean);
    Optional<String> rest = PercentCoding.decodeStrictly(rawRest).filter(SignedPaths::isClean);
    if (label.isEmpty() || rest.isEmpty()) {
      return Optional.empty();
    }
    if (marker.equals(DIRECT)) {
      return Optional.of(new SignedTarget.Direct(label.get(), "/" + rest.get()));
    }
    int slash = rest.get().indexOf('/');
    return marker.equals(IN_STORE) && slash > 0
        ? Optional.of(
            new SignedTarget.InStore(
                label.get(), rest.get().substring(0, slash), rest.get().substring(slash + 1)))
        : Optional.empty();
  }

  private static boolean isClean(String text) {
    return !text.isEmpty() && text.indexOf('\0') < 0;
  }

  private static byte[] message(long expiry, SignedTarget target) {
    String rest =
        switch (target) {
          case SignedTarget.InStore in -> IN_STORE + "\0" + in.storeTag() + "\0" + in.relative();
          case SignedTarget.Direct at -> DIRECT + "\0" + at.absolutePath();
        };
    return (expiry + "\0" + target.label() + "\0" + rest).getBytes(StandardCharsets.UTF_8);
  }

  private static ButlerException malformed() {
    return new ButlerException.Invalid(
        ErrorCode.MALFORMED, "This is not the path of a file link; ask the butler for one.");
  }

  private record Parts(long expiry, byte[] signature, SignedTarget target) {}
}
