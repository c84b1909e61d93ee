package pharos.backend.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pharos.config.check.AllChecks;
import pharos.config.check.Check;
import pharos.config.check.Level;
import pharos.config.check.Suppression;

/**
 * What {@code pharos check} was asked.
 *
 * @param namespace of documents that name none; also what findings are limited to. Null: {@code
 *     default}, not limited
 * @param failOn the mildest level that makes the answer "no"; null: none
 * @param each every path is a snapshot of its own
 * @param batch a file of runs, or null
 */
record CheckOptions(
    List<String> paths,
    @Nullable String namespace,
    String istioNamespace,
    @Nullable Path meshConfig,
    List<Check> checks,
    List<Suppression> suppressions,
    @Nullable Level failOn,
    Output output,
    boolean upstreamOnly,
    boolean includeCore,
    boolean defaultResources,
    boolean each,
    @Nullable Path batch) {

  /** How findings are printed. */
  enum Output {
    TEXT,
    JSON,
    YAML,
    SARIF
  }

  static final String HELP =
      """
      usage: pharos check [options] PATH...

      Analyses files, folders or - (standard input) as istioctl analyze would without a cluster.

        -n, --namespace NS         namespace of documents that name none (default), and limit the findings to it
        --istio-namespace NS       where the control plane runs (istio-system)
        --mesh-config FILE         MeshConfig as YAML
        --only NAME[,NAME]         run just these checks; "schema" stands for all admission rules
        --suppress CODE=ORIGIN     leave out findings, for example IST0102=Namespace *; may be repeated
        --fail-on LEVEL            error, warning, info or never (error)
        -o FORMAT                  text, json, yaml or sarif (text)
        --upstream-only            only what istioctl would say
        --no-include-core          do not read Services, Namespaces, Nodes, Pods and Secrets from the files
        --no-default-resources     do not assume an ingress gateway
        --each                     every PATH by itself; one JSON line each
        --batch FILE               runs as JSON lines, answers as JSON lines

      exit status: 0 nothing found, 1 findings at or above --fail-on, 2 wrong usage or unreadable input
      """;

  /**
   * Reads the words after {@code check}.
   *
   * @throws IllegalArgumentException naming the word that is wrong
   */
  static CheckOptions of(List<String> words) {
    List<String> paths = new ArrayList<>();
    List<String> only = new ArrayList<>();
    List<Suppression> suppressions = new ArrayList<>();
    String namespace = null;
    String istioNamespace = "istio-system";
    Path meshConfig = null;
    Path batch = null;
    Level failOn = Level.ERROR;
    Output output = Output.TEXT;
    boolean upstreamOnly = false;
    boolean includeCore = true;
    boolean defaultResources = true;
    boolean each = false;
    OptionWords rest = new OptionWords(words);
    while (rest.more()) {
      String word = rest.next();
      switch (word) {
        case "-n", "--namespace" -> namespace = rest.value();
        case "--istio-namespace" -> istioNamespace = rest.value();
        case "--mesh-config" -> meshConfig = Path.of(rest.value());
        case "--only" -> only.addAll(List.of(rest.value().split(",")));
        case "--suppress" -> suppressions.add(Suppression.parse(rest.value()));
        case "--fail-on" -> failOn = level(rest.value());
        case "-o", "--output" -> output = output(rest.value());
        case "--upstream-only" -> upstreamOnly = true;
        case "--include-core" -> includeCore = true;
        case "--no-include-core" -> includeCore = false;
        case "--default-resources" -> defaultResources = true;
        case "--no-default-resources" -> defaultResources = false;
        case "--each" -> each = true;
        case "--batch" -> batch = Path.of(rest.value());
        default -> {
          if (word.startsWith("-") && !word.equals("-")) {
            throw new IllegalArgumentException(
                word + ": unknown option (pharos check --help lists them)");
          }
          paths.add(word);
        }
      }
    }
    if (paths.isEmpty() && batch == null) {
      throw new IllegalArgumentException("no PATH to check (expected: files, folders or -)");
    }
    return new CheckOptions(
        List.copyOf(paths),
        namespace,
        istioNamespace,
        meshConfig,
        AllChecks.named(only),
        List.copyOf(suppressions),
        failOn,
        output,
        upstreamOnly,
        includeCore,
        defaultResources,
        each,
        batch);
  }

  private static @Nullable Level level(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "error" -> Level.ERROR;
      case "warning" -> Level.WARNING;
      case "info" -> Level.INFO;
      case "never" -> null;
      default ->
          throw new IllegalArgumentException(
              "--fail-on %s (expected: error, warning, info or never)".formatted(text));
    };
  }

  private static Output output(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "text" -> Output.TEXT;
      case "json" -> Output.JSON;
      case "yaml" -> Output.YAML;
      case "sarif" -> Output.SARIF;
      default ->
          throw new IllegalArgumentException(
              "-o %s (expected: text, json, yaml or sarif)".formatted(text));
    };
  }
}
