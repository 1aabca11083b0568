package equerry.server.observe;

import equerry.server.http.Exchange;
import equerry.server.http.RequestObserver;
import equerry.server.http.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The numbers that Prometheus reads.
///
/// Timers are looked up by route and status once and kept, so that a request costs two additions.
public final class Metrics implements RequestObserver, AutoCloseable {
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String NO_ROUTE = "none";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Map<Integer, Timer>> timers = new ConcurrentHashMap<>();
  private final Counter sentBytes =
      Counter.builder("equerry.http.sent.bytes")
          .description("Bytes of the bodies of answers")
          .register(registry);
  private final Counter broken =
      Counter.builder("equerry.http.broken")
          .description("Answers that were cut off, by a fault or because the client left")
          .register(registry);
  private @Nullable JvmGcMetrics collections;

  /// Adds a number that is asked for at each look.
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /// Adds the numbers of the virtual machine. This takes a moment, so it is not done at the start.
  public synchronized void watchVirtualMachine() {
    JvmGcMetrics gc = new JvmGcMetrics();
    gc.bindTo(registry);
    collections = gc;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  @Override
  public void answered(Exchange exchange, @Nullable Route route, Outcome outcome) {
    String template = route == null ? NO_ROUTE : route.template();
    timers
        .computeIfAbsent(template, _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(outcome.status(), status -> timer(template, status))
        .record(outcome.nanos(), TimeUnit.NANOSECONDS);
    sentBytes.increment(exchange.bytesSent());
    if (outcome.broken()) {
      broken.increment();
    }
  }

  private Timer timer(String route, int status) {
    return Timer.builder("equerry.http.requests")
        .description("Answered requests")
        .tag("route", route)
        .tag("status", Integer.toString(status))
        .register(registry);
  }

  /// Answers with all numbers.
  public void answer(Exchange exchange) throws IOException {
    exchange.answer(200, CONTENT_TYPE, registry.scrape().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void close() {
    if (collections != null) {
      collections.close();
    }
    registry.close();
  }
}
