package pharos.backend.settings;

import java.util.List;

/** The configuration or the command line cannot be used. Each problem names its key or flag. */
public final class BadSettings extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public BadSettings(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public BadSettings(String problem) {
    this(List.of(problem));
  }

  /** One sentence each. */
  public List<String> problems() {
    return problems;
  }
}
