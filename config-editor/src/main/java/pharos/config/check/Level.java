package pharos.config.check;

/** How bad a finding is. Worst first. */
public enum Level {
  ERROR("Error"),
  WARNING("Warning"),
  INFO("Info");

  private final String wireName;

  Level(String wireName) {
    this.wireName = wireName;
  }

  /** As istioctl prints it. */
  public String wireName() {
    return wireName;
  }
}
