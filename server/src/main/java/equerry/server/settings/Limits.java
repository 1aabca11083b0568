package equerry.server.settings;

import java.time.Duration;

/// Every ceiling of the server. The configuration file can set each under `limits`, by the name in
/// the table of [LimitNames].
///
/// @param requests requests worked on at once; more are answered 503 with `Retry-After`
/// @param streams streaming queries at once; more wait
/// @param streamWait how long a streaming query waits for its turn; then it is answered 503 with
///     `Retry-After`
/// @param streamsPerUser streaming queries at once of one user, where users are known; more are
///     answered 429 with `Retry-After`
/// @param bodyBytes the largest body of a request; a larger one is answered 413
/// @param totalBodyBytes what the bodies of all running requests may take together, where they are
///     larger than 16 KiB; one more is answered 503 with `Retry-After`
/// @param discardBytes how much of a body that is refused is read before we answer
/// @param headerBytes the largest sum of request line and headers; more is answered 414 or 431
/// @param nestingDepth how deep JSON may be nested; deeper is answered 422
/// @param stringLength characters in one JSON string; more is answered 422
/// @param uploadRows rows of an uploaded table in a query; more is an `invalid_query`
/// @param idsPerRequest dataset ids in one request; more is answered 422
/// @param requestTime how long a request that is no stream may take; then it is answered 503
/// @param keepAliveInterval how long a stream may be silent before a keep-alive line
/// @param idleTime how long a connection may be silent, between requests and within
/// @param drainTime how long running requests may go on after the server was told to end
/// @param linkLifetime how long the link to a file works
/// @param grantedFor how long membership in a group is remembered
/// @param refusedFor how long the lack of it is remembered
/// @param databaseConnections connections to the database of one repository; each stream holds one,
///     so that there must be more of them than streams
/// @param databaseWait how long a request waits for one of them; then it is answered 503 with
///     `Retry-After`. A stream that has sent a keep-alive line in the meantime is cut off instead
/// @param openRetry how long after a failed opening a repository is tried again
public record Limits(
    int requests,
    int streams,
    Duration streamWait,
    int streamsPerUser,
    int bodyBytes,
    long totalBodyBytes,
    long discardBytes,
    int headerBytes,
    int nestingDepth,
    int stringLength,
    int uploadRows,
    int idsPerRequest,
    Duration requestTime,
    Duration keepAliveInterval,
    Duration idleTime,
    Duration drainTime,
    Duration linkLifetime,
    Duration grantedFor,
    Duration refusedFor,
    int databaseConnections,
    Duration databaseWait,
    Duration openRetry) {

  /// The stock server's limits where it has any.
  public static final Limits DEFAULT =
      new Limits(
          1_000,
          25,
          Duration.ofSeconds(3),
          2,
          32 << 20,
          48L << 20,
          512L << 20,
          32 << 10,
          500,
          1_000_000,
          100_000,
          10_000,
          Duration.ofMinutes(10),
          Duration.ofSeconds(15),
          Duration.ofMinutes(2),
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10),
          32,
          Duration.ofSeconds(10),
          Duration.ofSeconds(1));
}
