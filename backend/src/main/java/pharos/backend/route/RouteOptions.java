package pharos.backend.route;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pharos.backend.check.OptionWords;

/**
 * What {@code pharos route} was asked.
 *
 * @param mesh files and folders with resources
 * @param request one request as JSON, or null
 * @param requests a file of requests, {@code -} for standard input, or null
 * @param namespace of documents and proxies that name none
 */
record RouteOptions(
    List<String> mesh,
    @Nullable String request,
    @Nullable String requests,
    String namespace,
    String istioNamespace,
    @Nullable Path meshConfig,
    Output output) {
  RouteOptions {
    mesh = List.copyOf(mesh);
  }

  /** How answers are printed. */
  enum Output {
    TEXT,
    JSON
  }

  static final String HELP =
      """
      usage: pharos route --mesh PATH... (--request JSON | --requests FILE) [options]

      Says what the proxies of a mesh would do with a request, and why.

        --mesh PATH...             files or folders with Kubernetes, Istio and Gateway API resources
        --request JSON             one request, for example
                                   {"from": {"namespace": "bookinfo", "labels": {"app": "productpage"}},
                                    "to": {"port": 9080}, "method": "GET", "authority": "reviews:9080", "path": "/"}
        --requests FILE            requests as JSON lines, - for standard input; answers as JSON lines
        --explain                  the same as -o text
        -o FORMAT                  text (for --request) or json (for --requests)
        -n, --namespace NS         namespace of documents and proxies that name none (default)
        --istio-namespace NS       where the control plane runs (istio-system)
        --mesh-config FILE         MeshConfig as YAML; else the ConfigMap istio among the resources

      exit status: 0 answered, 2 wrong usage or unreadable input
      """;

  /**
   * Reads the words after {@code route}.
   *
   * @throws IllegalArgumentException naming the word that is wrong
   */
  static RouteOptions of(List<String> words) {
    List<String> mesh = new ArrayList<>();
    String request = null;
    String requests = null;
    String namespace = "default";
    String istioNamespace = "istio-system";
    Path meshConfig = null;
    Output output = null;
    OptionWords rest = new OptionWords(words);
    while (rest.more()) {
      String word = rest.next();
      switch (word) {
        case "--mesh" -> mesh.addAll(rest.values());
        case "--request" -> request = rest.value();
        case "--requests" -> requests = rest.value();
        case "--explain" -> output = Output.TEXT;
        case "-o", "--output" -> output = output(rest.value());
        case "-n", "--namespace" -> namespace = rest.value();
        case "--istio-namespace" -> istioNamespace = rest.value();
        case "--mesh-config" -> meshConfig = Path.of(rest.value());
        default ->
            throw new IllegalArgumentException(
                word + ": unknown option (pharos route --help lists them)");
      }
    }
    if (mesh.isEmpty()) {
      throw new IllegalArgumentException("no --mesh PATH (expected: files or folders)");
    }
    if ((request == null) == (requests == null)) {
      throw new IllegalArgumentException("expected: either --request JSON or --requests FILE");
    }
    if (output == null) {
      output = request == null ? Output.JSON : Output.TEXT;
    }
    return new RouteOptions(mesh, request, requests, namespace, istioNamespace, meshConfig, output);
  }

  private static Output output(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "text" -> Output.TEXT;
      case "json" -> Output.JSON;
      default ->
          throw new IllegalArgumentException("-o %s (expected: text or json)".formatted(text));
    };
  }
}
