package equerry.server.handler;

import equerry.api.dataset.DatasetRef;
import equerry.server.http.Exchange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs for which datasets links were made, in the form in which the stock server does, so that
/// usage can be counted as before.
final class FileAccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("equerry.server.file-access");

  private FileAccessLog() {}

  /// @param endpoint `uuid`, `data-id` or `uuid-redirect`
  static void log(Exchange exchange, DatasetRef ref, String endpoint) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    Map<String, @Nullable Object> requester = new LinkedHashMap<>();
    requester.put("username", exchange.principal().user());
    requester.put("service", exchange.principal().service());
    LOG.atInfo()
        .addKeyValue("butler_repo", exchange.repository().orElse(""))
        .addKeyValue("requester", requester)
        .addKeyValue(
            "dataset",
            Map.of(
                "uuid", ref.id().toString(),
                "type", ref.type().name(),
                "data_id", ref.dataId().required()))
        .addKeyValue("file_access_endpoint", endpoint)
        .addKeyValue("request_id", exchange.id())
        .log("file-access");
  }
}
