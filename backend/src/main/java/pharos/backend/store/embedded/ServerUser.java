package pharos.backend.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As whom the server runs. PostgreSQL refuses to run as root, so root puts it into a user namespace
 * of its own, where it is nobody; where the kernel forbids that, it changes to the user nobody.
 */
enum ServerUser {
  /** We are not root: the server runs as we do. */
  SAME(List.of()),
  /** Files stay ours, because the namespace's only user is us. */
  NAMESPACE(List.of("unshare", "-U")),
  /** Files must belong to {@link #NOBODY}. */
  NOBODY_USER(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

  static final String NOBODY = "65534";

  private static final Logger log = LoggerFactory.getLogger(ServerUser.class);

  @SuppressWarnings("ImmutableEnumChecker") // List.of, which is
  private final List<String> prefix;

  ServerUser(List<String> prefix) {
    this.prefix = prefix;
  }

  /** The way that works here. */
  static ServerUser detect() {
    if (!isRoot()) {
      return SAME;
    }
    if (isInstalled("unshare") && Commands.succeeds(List.of("unshare", "-U", "true"))) {
      return NAMESPACE;
    }
    if (isInstalled("setpriv")) {
      log.info("no user namespaces here; the embedded PostgreSQL runs as user {}", NOBODY);
      return NOBODY_USER;
    }
    throw new PostgresUnusable(
        "PostgreSQL does not run as root, and neither unshare nor setpriv (util-linux) can change"
            + " that here; run as another user or give --database-url");
  }

  /** A command that ends by itself. */
  List<String> command(List<String> command) {
    return joined(List.of(), command);
  }

  /**
   * A server. {@code --pdeathsig}: the kernel sends it SIGINT, a fast shutdown, when the thread
   * that started it ends, however this process dies. {@code setsid}: a Ctrl-C in the terminal
   * reaches us alone, and we stop it in our own order.
   */
  List<String> serverCommand(List<String> command) {
    List<String> wrapper = new ArrayList<>();
    if (isInstalled("setsid")) {
      wrapper.add("setsid");
    }
    if (isInstalled("setpriv")) {
      wrapper.addAll(List.of("setpriv", "--pdeathsig", "INT"));
    }
    return joined(wrapper, command);
  }

  private List<String> joined(List<String> wrapper, List<String> command) {
    List<String> all = new ArrayList<>(wrapper);
    if (this == NOBODY_USER && wrapper.contains("setpriv")) {
      all.addAll(prefix.subList(1, prefix.size())); // one setpriv does both
    } else {
      all.addAll(prefix);
    }
    all.addAll(command);
    return all;
  }

  /** Gives a file or folder to the server. */
  void own(Path path) throws IOException {
    if (this == NOBODY_USER) {
      Files.setOwner(
          path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
    }
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          && uid == 0;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static boolean isInstalled(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /** Short commands, with a bound on their time. */
  static final class Commands {
    private static final int SECONDS = 60;

    private Commands() {}

    static boolean succeeds(List<String> command) {
      try {
        return run(command).status() == 0;
      } catch (IOException e) {
        return false;
      }
    }

    /** Output and errors go together to {@link Result#output()}. */
    static Result run(List<String> command) throws IOException {
      Path output = Files.createTempFile("pharos-command", ".log");
      try {
        Process process =
            environment(new ProcessBuilder(command))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .start();
        try {
          if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(
                "%s did not end within %d s".formatted(command.getFirst(), SECONDS));
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while waiting for " + command.getFirst(), e);
        } finally {
          process.destroyForcibly();
        }
        return new Result(process.exitValue(), Files.readString(output).strip());
      } finally {
        Files.deleteIfExists(output);
      }
    }

    /** A user's own settings of PostgreSQL must not reach our server. */
    static ProcessBuilder environment(ProcessBuilder builder) {
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      builder.environment().put("LC_ALL", "C");
      return builder;
    }

    record Result(int status, String output) {}
  }
}
