package equerry.client.wire;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads errors of a server: whole answers, and the last lines of streams.
public final class AnswerErrors {
  private static final String UNKNOWN = "unknown";

  private static final Map<String, ErrorCode> KNOWN =
      Stream.of(ErrorCode.values())
          .filter(code -> !code.wireName().equals(UNKNOWN))
          .collect(Collectors.toUnmodifiableMap(ErrorCode::wireName, Function.identity()));

  private static final WireJson JSON = new WireJson(WireLimits.DEFAULT);

  private AnswerErrors() {}

  /// The error of an answer whose status is not 200.
  ///
  /// - 422 with an `error_type`: the butler's error of that name.
  /// - 422 otherwise: the server did not take the request: LimitExceeded, or Invalid (malformed).
  /// - 401 and 403: Denied. 404: NotFound. 413: LimitExceeded.
  /// - 300 to 399, 429, 502 to 504: Unavailable.
  /// - All else: Internal.
  ///
  /// @param body what came with the status; need not be JSON
  /// @param asked what was asked of whom, at the start of messages that are not the server's own
  public static ButlerException of(int status, byte[] body, String asked) {
    Optional<WireValue> answer = parse(body);
    Optional<ButlerException> user =
        status == 422 ? answer.flatMap(AnswerErrors::userError) : Optional.empty();
    return user.orElseGet(() -> ofStatus(status, answer, asked));
  }

  private static Optional<WireValue> parse(byte[] body) {
    try {
      return Optional.of(JSON.parse(body));
    } catch (ButlerException.Invalid e) {
      return Optional.empty();
    }
  }

  private static Optional<ButlerException> userError(WireValue answer) {
    try {
      return answer.find("error_type").isPresent()
          ? Optional.of(butlerError(answer))
          : Optional.empty();
    } catch (ButlerException.Invalid e) {
      return Optional.empty();
    }
  }

  /// The error of `{"error_type":…,"detail":…}`. A type that this program does not know keeps its
  /// name in the message.
  static ButlerException butlerError(WireValue error) {
    String type = error.field("error_type").text();
    String detail = error.field("detail").text();
    ErrorCode code = KNOWN.get(type);
    if (code == null) {
      return new ButlerException.Invalid(
          ErrorCode.UNKNOWN, type.equals(UNKNOWN) ? detail : type + ": " + detail);
    }
    return switch (code) {
      case MISSING_COLLECTION, MISSING_DATASET_TYPE, DATASET_NOT_FOUND ->
          new ButlerException.NotFound(code, unquoted(detail));
      default -> new ButlerException.Invalid(code, detail);
    };
  }

  /// The stock server quotes the texts of some errors, as Python prints those of a `KeyError`.
  private static String unquoted(String detail) {
    boolean quoted = detail.length() > 1 && detail.startsWith("\"") && detail.endsWith("\"");
    return quoted ? detail.substring(1, detail.length() - 1) : detail;
  }

  private static ButlerException ofStatus(int status, Optional<WireValue> answer, String asked) {
    String said = answer.map(AnswerErrors::detail).orElse("");
    String message = asked + ": the server answered with status " + status + said;
    return switch (status) {
      case 401, 403 -> new ButlerException.Denied(message);
      case 404 -> new ButlerException.NotFound(ErrorCode.UNKNOWN_REPOSITORY, message);
      case 413 -> new ButlerException.LimitExceeded(message);
      case 422 ->
          answer.filter(AnswerErrors::isLimit).isPresent()
              ? new ButlerException.LimitExceeded(message)
              : new ButlerException.Invalid(ErrorCode.MALFORMED, message);
      case 429, 502, 503, 504 -> unavailable(message);
      default -> status < 400 ? unavailable(message) : new ButlerException.Internal(message, null);
    };
  }

  private static ButlerException unavailable(String message) {
    return new ButlerException.Unavailable(ErrorCode.REPOSITORY_UNAVAILABLE, message, null);
  }

  /// What an answer says in `detail`: a sentence, or a list of faults.
  private static String detail(WireValue answer) {
    try {
      Object detail = answer.field("detail").plain();
      return switch (detail) {
        case String sentence -> ": " + sentence;
        case Iterable<?> _ ->
            answer.field("detail").items().stream()
                .map(fault -> fault.field("msg").text())
                .collect(Collectors.joining("; ", ": ", ""));
        case null, default -> "";
      };
    } catch (ButlerException.Invalid e) {
      return "";
    }
  }

  private static boolean isLimit(WireValue answer) {
    try {
      return answer.field("detail").items().stream()
          .anyMatch(fault -> fault.field("type").text().equals("limit_exceeded"));
    } catch (ButlerException.Invalid e) {
      return false;
    }
  }
}
