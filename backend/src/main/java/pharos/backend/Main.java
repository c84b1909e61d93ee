package pharos.backend;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.CommandLine.Mode;
import pharos.backend.check.CheckCommand;
import pharos.backend.route.RouteCommand;
import pharos.backend.settings.BadSettings;
import pharos.backend.settings.Keys;
import pharos.backend.settings.Settings;

/** The command line: {@code pharos demo | serve | check | route | version}. */
public final class Main {
  private static final int DONE = 0;
  private static final int NO = 1;
  private static final int WRONG_USAGE = 2;

  private Main() {}

  /** Runs one command and exits with its status: 0 done, 1 the answer is "no", 2 wrong usage. */
  public static void main(String[] args) throws InterruptedException {
    int status = run(Arrays.asList(args), System.getenv());
    // Not System.exit in all cases: a shutdown that a signal began must not be waited for twice.
    Runtime.getRuntime().exit(status);
  }

  static int run(List<String> words, Map<String, String> environment) throws InterruptedException {
    try {
      return switch (CommandLine.of(words)) {
        case CommandLine.Help _ -> {
          System.out.print(CommandLine.HELP);
          yield DONE;
        }
        case CommandLine.Version _ -> {
          System.out.println(Build.describe());
          yield DONE;
        }
        case CommandLine.Check check ->
            new CheckCommand(Build.version(), Clock.systemUTC(), System.in, System.out, System.err)
                .run(check.words());
        case CommandLine.Route route ->
            new RouteCommand(System.in, System.out, System.err).run(route.words());
        case CommandLine.Run run -> run(run, environment);
      };
    } catch (BadSettings e) {
      e.problems().forEach(problem -> System.err.println("pharos: " + problem));
      return WRONG_USAGE;
    }
  }

  private static int run(CommandLine.Run run, Map<String, String> environment)
      throws InterruptedException {
    Settings settings =
        withFolders(run.mode(), run.settings(environment).settings(), System.getProperties());
    return switch (run.after()) {
      case PRINT_CONFIG -> {
        System.out.print(settings.print());
        yield DONE;
      }
      case CHECK_CONFIG -> DONE;
      case RUN -> serve(run.mode(), settings);
    };
  }

  /** The folder of the data: absolute, and the demo's own where nobody chose one. */
  static Settings withFolders(Mode mode, Settings settings, Map<Object, Object> properties) {
    Path home = Path.of(String.valueOf(properties.get("user.home")));
    Path folder = settings.get(Keys.DATA_DIR);
    if (!settings.isSet(Keys.DATA_DIR)) {
      if (properties.get("pharos.home") instanceof String launcherFolder) {
        folder = Path.of(launcherFolder, "data");
      }
      folder = mode == Mode.DEMO ? folder.resolve("demo") : folder;
    }
    if (folder.startsWith("~")) {
      folder = home.resolve(Path.of("~").relativize(folder));
    }
    return settings.with(Keys.DATA_DIR, folder.toAbsolutePath().normalize(), "resolved");
  }

  private static int serve(Mode mode, Settings settings) throws InterruptedException {
    Logging.configure(settings.get(Keys.LOG_LEVEL));
    Logger log = LoggerFactory.getLogger(Main.class);
    log.info("{} starting", Build.describe());
    Wiring wiring = new Wiring(mode, settings);
    Thread stopper = Thread.ofPlatform().name("stop").unstarted(wiring::close);
    Runtime.getRuntime().addShutdownHook(stopper);
    try {
      String url = wiring.start();
      // The one line on standard output: scripts read it.
      System.out.println(url);
      System.out.flush();
    } catch (StartFailed e) {
      System.err.println("pharos: " + e.getMessage());
      log.debug("start failed", e);
      return NO;
    }
    if (Boolean.getBoolean("pharos.exitAfterListen")) {
      return DONE; // a training run of the AOT cache, see ./pharos
    }
    new CountDownLatch(1).await(); // until a signal runs the shutdown hook
    return DONE;
  }
}
