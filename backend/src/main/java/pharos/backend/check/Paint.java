package pharos.backend.check;

import pharos.config.check.Level;

/** Colours of a terminal, or none. */
record Paint(boolean on) {
  String bold(String text) {
    return painted("1", text);
  }

  String dim(String text) {
    return painted("2", text);
  }

  String mark(String text) {
    return painted("1;31", text);
  }

  String fix(String text) {
    return painted("32", text);
  }

  /** The word for a level, in its colour. */
  String level(Level level) {
    return switch (level) {
      case ERROR -> painted("1;31", "error");
      case WARNING -> painted("1;33", "warning");
      case INFO -> painted("1;36", "info");
    };
  }

  private String painted(String code, String text) {
    return on ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
