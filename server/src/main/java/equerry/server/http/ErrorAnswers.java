package equerry.server.http;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.client.wire.WireErrors;
import java.io.IOException;

/// Turns errors into answers, always JSON.
///
/// - A butler's error that a user can do something about: 422 `{"error_type","detail"}`, of which
///   the client makes the exception of that name.
/// - A request that cannot be understood, or that exceeds a limit on its size: 422
///   `{"detail":[{"type","loc","msg"}]}`, the stock server's form.
/// - No permission 403, no such repository or file 404, a fault outside 503 (without `Retry-After`:
///   clients would repeat for two minutes what an operator must mend; with it when the database is
///   busy, which passes), a fault of ours 500; each `{"detail":"…"}`.
final class ErrorAnswers {
  private static final int BUSY_SECONDS = 1;

  private ErrorAnswers() {}

  static void answer(Exchange exchange, Throwable failure) throws IOException {
    switch (failure) {
      case HttpProblem problem -> {
        problem.headers().forEach(exchange::setHeader);
        exchange.json(problem.status(), WireErrors.detail(problem.detail()));
      }
      case ButlerException busy when busy.code() == ErrorCode.DATABASE_BUSY ->
          answer(exchange, HttpProblem.retryable(503, busy.detail(), BUSY_SECONDS));
      case ButlerException error -> exchange.json(status(error), body(error));
      default ->
          exchange.json(
              500,
              WireErrors.detail(
                  "Internal error; the server's log tells more under request " + exchange.id()));
    }
  }

  private static int status(ButlerException error) {
    return switch (error) {
      case ButlerException.Denied _ -> 403;
      case ButlerException.Unavailable _ -> 503;
      case ButlerException.Internal _, ButlerException.OutcomeUnknown _ -> 500;
      case ButlerException.Conflict _ -> 409;
      case ButlerException.LimitExceeded _ -> 422;
      case ButlerException.NotFound _, ButlerException.Invalid _ ->
          error.code() == ErrorCode.UNKNOWN_REPOSITORY || error.code() == ErrorCode.FILE_UNAVAILABLE
              ? 404
              : 422;
    };
  }

  private static byte[] body(ButlerException error) {
    return switch (error) {
      case ButlerException.NotFound _, ButlerException.Invalid _, ButlerException.Conflict _ ->
          userError(error);
      case ButlerException.LimitExceeded _ ->
          WireErrors.fault("limit_exceeded", "body", error.detail());
      case ButlerException.Denied _,
          ButlerException.Unavailable _,
          ButlerException.OutcomeUnknown _,
          ButlerException.Internal _ ->
          WireErrors.detail(error.detail());
    };
  }

  private static byte[] userError(ButlerException error) {
    return switch (error.code()) {
      case MALFORMED -> WireErrors.fault("malformed", "request", error.detail());
      case UNKNOWN_REPOSITORY, FILE_UNAVAILABLE -> WireErrors.detail(error.detail());
      default -> WireErrors.butlerError(error);
    };
  }
}
