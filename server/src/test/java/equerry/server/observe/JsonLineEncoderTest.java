package equerry.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLineEncoderTest {
  private final LoggerContext context = new LoggerContext();
  private final List<String> lines = new ArrayList<>();

  private Logger logger() {
    JsonLineEncoder encoder = new JsonLineEncoder();
    encoder.setContext(context);
    encoder.start();
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            lines.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
          }
        };
    appender.setContext(context);
    appender.start();
    Logger logger = context.getLogger("some.logger");
    logger.addAppender(appender);
    return logger;
  }

  private JsonNode only() {
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).endsWith("}\n").doesNotContain("\n{");
    assertThat(lines.getFirst().indexOf('\n')).isEqualTo(lines.getFirst().length() - 1);
    return new JsonMapper().readTree(lines.getFirst());
  }

  @Test
  void fieldsStandBesideTheEvent() {
    Map<String, Object> requester = new LinkedHashMap<>();
    requester.put("username", "bob");
    requester.put("service", null);
    logger()
        .atInfo()
        .addKeyValue("requester", requester)
        .addKeyValue("status", 200)
        .addKeyValue("user", (Object) null)
        .log("file-access");
    JsonNode line = only();
    assertThat(line.get("event").stringValue()).isEqualTo("file-access");
    assertThat(line.get("severity").stringValue()).isEqualTo("info");
    assertThat(line.get("logger").stringValue()).isEqualTo("some.logger");
    assertThat(line.get("requester").toString())
        .isEqualTo("{\"username\":\"bob\",\"service\":null}");
    assertThat(line.get("status").intValue()).isEqualTo(200);
    assertThat(line.get("user").isNull()).isTrue();
  }

  @Test
  void whatOthersSendStaysOnItsLine() {
    logger().atError().setCause(new IllegalStateException("a\nb")).log("\"x\"\n{\"event\":\"y\"}");
    assertThat(only().get("exception").stringValue()).contains("IllegalStateException: a\nb");
  }
}
