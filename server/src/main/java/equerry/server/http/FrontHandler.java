package equerry.server.http;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Takes every request: finds its route, lets it be answered, answers its errors, and tells the
/// observer.
final class FrontHandler extends Handler.Abstract {
  private static final RequestPath NO_PATH = new RequestPath("/", List.of());

  private final Router router;
  private final Admission admission;
  private final Watch watch;
  private final RequestObserver observer;
  private final BodyReader.Limits bodyLimits;
  private final BodyBudget bodyBudget;
  private final Duration requestTime;
  private final AtomicLong number = new AtomicLong();
  private final String process = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);

  FrontHandler(
      Router router,
      Admission admission,
      Watch watch,
      RequestObserver observer,
      BodyReader.Limits bodyLimits,
      BodyBudget bodyBudget,
      Duration requestTime) {
    super(InvocationType.BLOCKING);
    this.router = router;
    this.admission = admission;
    this.watch = watch;
    this.observer = observer;
    this.bodyLimits = bodyLimits;
    this.bodyBudget = bodyBudget;
    this.requestTime = requestTime;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long start = System.nanoTime();
    String id = process + "-" + Long.toString(number.incrementAndGet(), 36);
    Work work = new Work(request, response, id);
    work.run();
    Throwable cut = work.cut;
    int status = cut == null || response.isCommitted() ? response.getStatus() : 500;
    observer.answered(
        work.exchange,
        work.route,
        new RequestObserver.Outcome(status, System.nanoTime() - start, work.failure, cut != null));
    if (cut == null) {
      callback.succeeded();
    } else {
      // Ends the connection without the last chunk, so that nobody takes the answer for complete.
      callback.failed(new CutOff(cut));
    }
    return true;
  }

  /// Tells the HTTP library to cut an answer off without logging why, which the observer knows.
  private static final class CutOff extends IOException implements QuietException {
    private static final long serialVersionUID = 1L;

    CutOff(Throwable cause) {
      super("The answer was cut off", cause);
    }
  }

  /// The answering of one request.
  private final class Work {
    private final BodyReader body;
    private final Exchange exchange;
    private final @Nullable HttpProblem pathProblem;
    private @Nullable Route route;
    private @Nullable Throwable failure;
    private @Nullable Throwable cut;

    Work(Request request, Response response, String id) {
      RequestPath path = NO_PATH;
      HttpProblem problem = null;
      try {
        String raw = request.getHttpURI().getPath();
        path = RequestPath.of(raw == null ? "" : raw);
      } catch (HttpProblem e) {
        problem = e;
      }
      this.pathProblem = problem;
      this.body = new BodyReader(bodyLimits, bodyBudget);
      this.exchange = new Exchange(request, response, path, id, body);
      exchange.setHeader("X-Request-Id", id);
    }

    void run() {
      RunningRequest running = new RunningRequest(exchange, requestTime);
      exchange.runAs(running);
      watch.add(running);
      try (body) {
        answer();
      } catch (IOException | RuntimeException | StackOverflowError e) {
        answerError(e, running.finish());
      } finally {
        watch.remove(running);
        running.finish();
      }
    }

    private void answer() throws IOException {
      if (pathProblem != null) {
        throw pathProblem;
      }
      Route found = router.find(exchange.method(), exchange.path());
      route = found;
      switch (found.kind()) {
        case PROBE -> found.handler().handle(exchange);
        case WORK -> {
          try {
            admission.enter();
            found.handler().handle(exchange);
          } finally {
            admission.leave();
          }
        }
      }
    }

    private void answerError(Throwable error, RunningRequest.@Nullable Stop stop) {
      failure = stop == null && isOurFault(error) ? error : null;
      if (exchange.isCommitted() || stop == RunningRequest.Stop.CLIENT_LEFT) {
        cut = error;
        return;
      }
      try {
        exchange.reset();
        exchange.setHeader("X-Request-Id", exchange.id());
        if (admission.isDraining()) {
          exchange.setHeader("Connection", "close");
        }
        ErrorAnswers.answer(exchange, stop == null ? error : stopped(stop));
      } catch (IOException | RuntimeException e) {
        cut = e;
      }
    }

    private HttpProblem stopped(RunningRequest.Stop stop) {
      return switch (stop) {
        case SERVER_ENDS, CLIENT_LEFT -> Admission.ending();
        case TOOK_TOO_LONG ->
            HttpProblem.of(
                503,
                "The request took longer than the "
                    + requestTime.toSeconds()
                    + " s that this server allows; ask for less at once.");
      };
    }

    /// Errors of requests are answered, and whoever leaves is no error; those of ours are logged as
    /// well.
    private static boolean isOurFault(Throwable error) {
      return switch (error) {
        case HttpProblem _ -> false;
        // The client has left while we wrote.
        case EofException _ -> false;
        case ButlerException.Unavailable failed -> failed.code() != ErrorCode.DATABASE_BUSY;
        case ButlerException.Internal _ -> true;
        case ButlerException _ -> false;
        default -> true;
      };
    }
  }
}
