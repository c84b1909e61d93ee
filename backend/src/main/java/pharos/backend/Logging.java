package pharos.backend;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Sets how much is logged; how it looks is {@link LogFormat}. */
final class Logging {
  private Logging() {}

  /** {@code level} applies to our own packages; libraries stay at warnings. */
  static void configure(String level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger("pharos").setLevel(Level.toLevel(level));
    }
  }
}
