package equerry.api.error;

import org.jspecify.annotations.Nullable;

/// The one family of errors that a butler reports.
///
/// The class is the category and tells a caller what kind of answer is due (another name, another
/// value, a later try); the [ErrorCode] names the fact. Messages say what was asked, what was found
/// and what to do; they never hold SQL, secrets or paths outside the repository.
public abstract sealed class ButlerException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ErrorCode code;

  private ButlerException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /// The fact behind this error.
  public ErrorCode code() {
    return code;
  }

  /// The message, which is never null.
  public String detail() {
    String message = getMessage();
    return message == null ? code.name() : message;
  }

  /// Something that was named does not exist.
  public static final class NotFound extends ButlerException {
    private static final long serialVersionUID = 1L;

    public NotFound(ErrorCode code, String message) {
      super(code, message, null);
    }
  }

  /// The request contradicts itself, the repository's definitions or the protocol.
  public static final class Invalid extends ButlerException {
    private static final long serialVersionUID = 1L;

    public Invalid(ErrorCode code, String message) {
      super(code, message, null);
    }

    public Invalid(ErrorCode code, String message, Throwable cause) {
      super(code, message, cause);
    }
  }

  /// What is asked cannot be beside what the repository holds.
  public static final class Conflict extends ButlerException {
    private static final long serialVersionUID = 1L;

    public Conflict(ErrorCode code, String message) {
      super(code, message, null);
    }

    public Conflict(ErrorCode code, String message, Throwable cause) {
      super(code, message, cause);
    }
  }

  /// It cannot be said whether the change was made.
  public static final class OutcomeUnknown extends ButlerException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message, Throwable cause) {
      super(ErrorCode.OUTCOME_UNKNOWN, message, cause);
    }
  }

  /// The caller may not do this.
  public static final class Denied extends ButlerException {
    private static final long serialVersionUID = 1L;

    public Denied(String message) {
      super(ErrorCode.ACCESS_DENIED, message, null);
    }
  }

  /// A named limit was reached.
  public static final class LimitExceeded extends ButlerException {
    private static final long serialVersionUID = 1L;

    public LimitExceeded(String message) {
      super(ErrorCode.LIMIT_EXCEEDED, message, null);
    }

    public LimitExceeded(ErrorCode code, String message) {
      super(code, message, null);
    }
  }

  /// Something that this answer needs cannot be reached or read now; a later try may succeed.
  public static final class Unavailable extends ButlerException {
    private static final long serialVersionUID = 1L;

    public Unavailable(ErrorCode code, String message, @Nullable Throwable cause) {
      super(code, message, cause);
    }
  }

  /// A fault of ours or of the repository's contents.
  public static final class Internal extends ButlerException {
    private static final long serialVersionUID = 1L;

    public Internal(String message, @Nullable Throwable cause) {
      super(ErrorCode.INTERNAL, message, cause);
    }
  }
}
