package equerry.server.observe;

/// How log lines look.
public enum LogFormat {
  /// One JSON object a line, for machines.
  JSON,
  /// Text, for people.
  TEXT
}
