package equerry.server.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import org.slf4j.LoggerFactory;

/// Sets logging up in code, which is faster at the start than a file of configuration.
public final class ServerLogging {
  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %logger{20} %msg%replace( %kvp){'^ $',''}%n";

  private ServerLogging() {}

  /// Logs to standard output from now on, at level INFO.
  public static void configure(LogFormat format) {
    configure(format, Level.INFO);
  }

  /// Logs every statement that is sent to a database, too.
  public static void showStatements() {
    ((LoggerContext) LoggerFactory.getILoggerFactory())
        .getLogger("equerry.sql")
        .setLevel(Level.DEBUG);
  }

  /// Logs only what needs attention, to standard output from now on.
  public static void quiet(LogFormat format) {
    configure(format, Level.WARN);
  }

  private static void configure(LogFormat format, Level level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    EncoderBase<ILoggingEvent> encoder =
        switch (format) {
          case JSON -> new JsonLineEncoder();
          case TEXT -> text();
        };
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stdout");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    root.addAppender(appender);
    context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
    context.getLogger("com.zaxxer.hikari").setLevel(Level.WARN);
    // A picture and a tip of the day.
    context.getLogger("org.jooq.Constants").setLevel(Level.WARN);
  }

  private static PatternLayoutEncoder text() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern(PATTERN);
    return encoder;
  }
}
