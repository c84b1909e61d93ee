package pharos.config.routing.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.SidecarReader;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.DestinationPolicies;
import pharos.config.routing.compile.DestinationPolicies.ServicesInScope;
import pharos.config.routing.compile.scope.Scopes;
import pharos.config.routing.registry.ServiceRegistry;

/**
 * DestinationRules against the clusters of proxies. A folder per case: {@code rules.yaml} lies over
 * the services of {@code mesh.yaml}, where the case is about settings there is {@code
 * mesh-config.yaml}, and {@code queries.txt} asks. A query is {@code kind namespace label=value…
 * @region/zone -> question}; a question is the name of a cluster, {@code names}, {@code ignored},
 * {@code subsets HOST} or {@code hash PORT SUBSET HOST}. The line {@code labels} asks which labels
 * of proxies matter.
 */
class ClusterGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/golden/routing-clusters");

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsRecorded(Path folder) throws IOException {
    Mesh mesh = Mesh.read(folder);
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(folder.resolve("queries.txt"))) {
      text.append("== ").append(line).append('\n').append(mesh.answer(line));
    }
    Path golden = folder.resolve("answers.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, text);
    }
    assertThat(text.toString()).isEqualTo(Files.readString(golden));
  }

  private record Mesh(ServiceRegistry registry, Scopes scopes, DestinationPolicies policies) {

    static Mesh read(Path folder) throws IOException {
      List<Resource> resources = new ArrayList<>();
      for (Path file : List.of(CASES.resolve("mesh.yaml"), folder.resolve("rules.yaml"))) {
        DocumentReader.Reading reading =
            new DocumentReader(Limits.DEFAULT).read(file.toString(), Files.readAllBytes(file));
        assertThat(reading.refusals()).isEmpty();
        resources.addAll(reading.resources());
      }
      Path settings = folder.resolve("mesh-config.yaml");
      Node tree =
          Files.exists(settings)
              ? DocumentReader.value(Files.readString(settings), Limits.DEFAULT)
              : null;
      MeshConfig config = MeshConfig.of(tree, "istio-system");
      Snapshot snapshot = Snapshot.of(resources);
      ServiceRegistry registry = ServiceRegistry.of(snapshot, config);
      Scopes scopes =
          new Scopes(
              registry,
              List.of(),
              snapshot.all(Kinds.SIDECAR).stream()
                  .map(one -> SidecarReader.read(one, config))
                  .toList(),
              config);
      return new Mesh(registry, scopes, MeshPolicies.of(snapshot, registry, config));
    }

    String answer(String line) {
      int arrow = line.indexOf("->");
      if (arrow < 0) {
        assertThat(line).isEqualTo("labels");
        return "  " + String.join(" ", new TreeSet<>(policies.proxyLabels())) + "\n";
      }
      Proxy proxy = proxy(line.substring(0, arrow).strip().split(" ", -1));
      ServicesInScope services =
          proxy.kind() == Proxy.Kind.SIDECAR
              ? scopes.sidecar(proxy)
              : scopes.gateway(proxy.namespace());
      String[] question = line.substring(arrow + 2).strip().split(" ", -1);
      return switch (question[0]) {
        case "names" ->
            "  " + String.join("\n  ", policies.clusters(proxy, services).names()) + "\n";
        case "ignored" -> ClusterText.ignored(policies.ignored(proxy, services));
        case "subsets" -> "  " + policies.subsets(proxy, known(services, question[1])) + "\n";
        case "hash" ->
            "  %s%n"
                .formatted(
                    policies.hashKeys(
                        proxy,
                        known(services, question[3]),
                        question[2].equals("-") ? "" : question[2],
                        Integer.parseInt(question[1])));
        default -> ClusterText.of(policies.clusters(proxy, services).find(question[0]));
      };
    }

    private static pharos.config.istio.view.MeshService known(
        ServicesInScope services, String host) {
      return Objects.requireNonNull(services.find(host), host);
    }

    private static Proxy proxy(String[] words) {
      Map<String, String> labels = new HashMap<>();
      String locality = "";
      for (int i = 2; i < words.length; i++) {
        int equals = words[i].indexOf('=');
        if (words[i].startsWith("@")) {
          locality = words[i].substring(1);
        } else {
          labels.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
      }
      return new Proxy(
          switch (words[0]) {
            case "gateway" -> Proxy.Kind.GATEWAY;
            case "waypoint" -> Proxy.Kind.WAYPOINT;
            default -> Proxy.Kind.SIDECAR;
          },
          words[1],
          labels,
          List.of(),
          locality);
    }
  }
}
