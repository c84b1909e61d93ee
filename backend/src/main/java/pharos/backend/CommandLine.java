package pharos.backend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.backend.settings.BadSettings;
import pharos.backend.settings.SettingsReader;

/** What the user asked for. Reads words only; files and values are the settings' business. */
sealed interface CommandLine {

  /** Wrong words, with the words. */
  String HELP =
      """
      usage: pharos <command> [options]

      commands
        demo       everything embedded on this machine: a mesh, PostgreSQL, the dashboard
        serve      the dashboard for a real mesh
        check      what istioctl analyze and the admission webhook say of files
        route      what the mesh of some files would do with a request, and why
        version    version, JDK, build
        help       this text

      options of demo and serve
        --port N             port to listen on (8090; 0 takes a free one)
        --host ADDRESS       address to listen on (127.0.0.1)
        --data-dir DIR       folder of the embedded PostgreSQL
        --config FILE        settings as YAML; deploy/configuration.md lists the keys
        --set KEY=VALUE      one setting; may be repeated; wins over file and environment
        --print-config       print the resulting settings and stop
        --check-config       check the settings and stop

      options of demo
        --services N         add a generated mesh of N services
        --seed S             same seed, same mesh
        --rate R             factor on the traffic

      options of serve
        --kubeconfig FILE    and
        --context NAME       the cluster
        --prometheus URL     telemetry; without it the proxies are scraped directly
        --database-url URL   postgresql://user@host:5432/name; without it PostgreSQL is embedded

      exit status: 0 done, 1 the answer is "no" or it could not run, 2 wrong usage
      """;

  /** Print the help and stop. */
  record Help() implements CommandLine {}

  /** Analyse files; the words after {@code check} are its own. */
  record Check(List<String> words) implements CommandLine {
    public Check {
      words = List.copyOf(words);
    }
  }

  /** Decide requests; the words after {@code route} are its own. */
  record Route(List<String> words) implements CommandLine {
    public Route {
      words = List.copyOf(words);
    }
  }

  /** Print the version and stop. */
  record Version() implements CommandLine {}

  /** Run until told to stop, or print or check the settings. */
  record Run(Mode mode, After after, @Nullable Path config, List<Assignment> assignments)
      implements CommandLine {
    public Run {
      assignments = List.copyOf(assignments);
    }

    /** The reader with everything that this command line says of settings. */
    SettingsReader settings(Map<String, String> environment) {
      SettingsReader reader = new SettingsReader();
      if (config != null) {
        reader.file(config);
      }
      reader.environment(environment);
      assignments.forEach(each -> reader.set(each.key(), each.value(), each.origin()));
      return reader;
    }
  }

  /** A setting given as a flag. */
  record Assignment(String key, String value, String origin) {}

  /** Which mesh is shown. */
  enum Mode {
    DEMO,
    SERVE
  }

  /** What to do once the settings are known. */
  enum After {
    RUN,
    PRINT_CONFIG,
    CHECK_CONFIG
  }

  /** Flags of both commands, and the key that each sets. */
  Map<String, String> COMMON =
      Map.of("--port", "http.port", "--host", "http.host", "--data-dir", "data.dir");

  Map<String, String> DEMO =
      Map.of("--services", "demo.services", "--seed", "demo.seed", "--rate", "demo.rate");

  Map<String, String> SERVE =
      Map.of(
          "--kubeconfig", "kubernetes.kubeconfig",
          "--context", "kubernetes.context",
          "--prometheus", "prometheus.url",
          "--database-url", "database.url");

  /**
   * @throws BadSettings when the words make no command
   */
  static CommandLine of(List<String> words) {
    if (words.isEmpty()) {
      throw new BadSettings("no command (expected: demo, serve, check, route, version or help)");
    }
    List<String> rest = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "help", "--help", "-h" -> new Help();
      case "version", "--version" -> new Version();
      case "check" -> new Check(rest);
      case "route" -> new Route(rest);
      case "demo" -> run(Mode.DEMO, rest, DEMO);
      case "serve" -> run(Mode.SERVE, rest, SERVE);
      case String other ->
          throw new BadSettings(
              "%s: unknown command (expected: demo, serve, check, route, version or help)"
                  .formatted(other));
    };
  }

  private static CommandLine run(Mode mode, List<String> words, Map<String, String> flags) {
    After after = After.RUN;
    Path config = null;
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      String flag = equals < 0 ? word : word.substring(0, equals);
      if (flag.equals("--help") || flag.equals("-h")) {
        return new Help();
      }
      if (flag.equals("--print-config") || flag.equals("--check-config")) {
        after = flag.equals("--print-config") ? After.PRINT_CONFIG : After.CHECK_CONFIG;
        continue;
      }
      String key = COMMON.getOrDefault(flag, flags.get(flag));
      if (key == null && !flag.equals("--config") && !flag.equals("--set")) {
        throw new BadSettings(
            "%s: unknown option of %s (pharos help lists them)"
                .formatted(flag, mode == Mode.DEMO ? "demo" : "serve"));
      }
      if (equals < 0 && i + 1 == words.size()) {
        throw new BadSettings("%s: a value is missing".formatted(flag));
      }
      String value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
      if (key != null) {
        assignments.add(new Assignment(key, value, flag));
      } else if (flag.equals("--config")) {
        config = Path.of(value);
      } else {
        assignments.add(assignment(value));
      }
    }
    return new Run(mode, after, config, assignments);
  }

  private static Assignment assignment(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new BadSettings("--set %s: expected key=value".formatted(text));
    }
    return new Assignment(text.substring(0, equals), text.substring(equals + 1), "--set");
  }
}
