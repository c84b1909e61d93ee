package pharos.config.check.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.check.IstioMessage;
import pharos.config.check.MessageType;
import pharos.config.resource.Path;

/**
 * What the rules found in one object. Some callers upstream lose warnings; {@link #errorsOnly} is
 * how they do it.
 */
final class Verdicts {
  private final List<Verdict> all;
  private final boolean warnings;

  /**
   * One broken rule.
   *
   * @param text as the webhook words it
   * @param type what istioctl reports it as
   * @param arguments of the type's template
   */
  record Verdict(Path path, String text, MessageType type, List<Object> arguments) {
    boolean isError() {
      return type == IstioMessage.SCHEMA_VALIDATION_ERROR;
    }
  }

  Verdicts() {
    this(new ArrayList<>(), true);
  }

  private Verdicts(List<Verdict> all, boolean warnings) {
    this.all = all;
    this.warnings = warnings;
  }

  /** The same verdicts for a part whose warnings get lost upstream (catalog 6.0, "nw"). */
  Verdicts errorsOnly() {
    return new Verdicts(all, false);
  }

  void error(Path path, String text) {
    all.add(new Verdict(path, text, IstioMessage.SCHEMA_VALIDATION_ERROR, List.of(text)));
  }

  /** Adds an error unless there is none. */
  void errorIf(Path path, @Nullable String text) {
    if (text != null) {
      error(path, text);
    }
  }

  void errorIf(boolean broken, Path path, String text) {
    if (broken) {
      error(path, text);
    }
  }

  void warning(Path path, String text) {
    if (warnings) {
      all.add(new Verdict(path, text, IstioMessage.SCHEMA_WARNING, List.of(text)));
    }
  }

  void warningIf(boolean odd, Path path, String text) {
    if (odd) {
      warning(path, text);
    }
  }

  /** A warning that istioctl reports under a code of its own. */
  void warning(Path path, String text, MessageType type, Object... arguments) {
    if (warnings) {
      all.add(new Verdict(path, text, type, List.of(arguments)));
    }
  }

  boolean hasErrors() {
    return all.stream().anyMatch(Verdict::isError);
  }

  int size() {
    return all.size();
  }

  /** Whether an error was added since there were {@code size} verdicts. */
  boolean errorsSince(int size) {
    return all.subList(size, all.size()).stream().anyMatch(Verdict::isError);
  }

  void keepErrorsOnly() {
    all.removeIf(verdict -> !verdict.isError());
  }

  List<Verdict> all() {
    return List.copyOf(all);
  }
}
