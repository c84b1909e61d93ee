package pharos.backend;

import org.jspecify.annotations.Nullable;

/** Which build this is. */
public final class Build {
  private Build() {}

  /** The version of the jar; {@code dev} when run from classes. */
  public static String version() {
    @Nullable String version = Build.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  static String describe() {
    return "pharos %s, JDK %s (%s)"
        .formatted(version(), Runtime.version(), System.getProperty("java.vm.vendor"));
  }
}
