package equerry.server.handler;

import equerry.client.wire.WireErrors;
import equerry.server.http.Admission;
import equerry.server.http.Exchange;
import java.io.IOException;

/// Tells an orchestrator whether the process lives and whether it should be sent requests.
///
/// A busy server is ready: it refuses single requests when it must. One whose database is down is
/// ready too, since taking it away would help nobody and others of its repositories may work.
final class HealthHandlers {
  private final Admission admission;

  HealthHandlers(Admission admission) {
    this.admission = admission;
  }

  void live(Exchange exchange) throws IOException {
    exchange.json(WireErrors.detail("alive"));
  }

  void ready(Exchange exchange) throws IOException {
    if (admission.isDraining()) {
      exchange.json(503, WireErrors.detail("ending"));
    } else {
      exchange.json(WireErrors.detail("ready"));
    }
  }
}
