package pharos.config.routing.decide;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Snapshot;

/**
 * A small mesh and what its proxies answer. A file holds many:
 *
 * <pre>
 * == what it shows
 * service default/reviews 10.0.0.1 http:9080 v1 v2!
 * VirtualService default/reviews
 *   hosts: [reviews]
 *   http: [{route: [{destination: {host: reviews, subset: v1}}]}]
 * default GET reviews:9080/x => outbound|9080|v1|reviews.default NC
 * </pre>
 *
 * <p>Every object is a minute younger than the one before; {@code @5} after its name makes it that
 * of minute five. {@code service} stands for a Service and its pods: address ({@code none} for
 * headless, {@code -} for no address), ports {@code name:port[>targetPort]}, one pod per version
 * ({@code !}: not ready), {@code empty} for no pods, {@code +label=value}. {@code pod ns/name ip
 * label=value} is a pod. {@code MeshConfig mesh/mesh} is the mesh's configuration. Lines below an
 * object are its spec; those that begin with {@code ^} are on its own level, beside {@code spec}.
 */
record DecisionCase(String title, Snapshot resources, MeshConfig mesh, List<Line> lines) {
  private static final Pattern OBJECT =
      Pattern.compile("([A-Z]\\w+) ([^ /]*)/([^ ]+)(?: @(\\d+))?");

  private static final Map<String, String> GROUPS =
      Map.ofEntries(
          Map.entry("Gateway", "networking.istio.io/v1"),
          Map.entry("VirtualService", "networking.istio.io/v1"),
          Map.entry("DestinationRule", "networking.istio.io/v1"),
          Map.entry("ServiceEntry", "networking.istio.io/v1"),
          Map.entry("Sidecar", "networking.istio.io/v1"),
          Map.entry("WorkloadEntry", "networking.istio.io/v1"),
          Map.entry("KubeGateway", "gateway.networking.k8s.io/v1"),
          Map.entry("GatewayClass", "gateway.networking.k8s.io/v1"),
          Map.entry("HTTPRoute", "gateway.networking.k8s.io/v1"),
          Map.entry("GRPCRoute", "gateway.networking.k8s.io/v1"),
          Map.entry("TLSRoute", "gateway.networking.k8s.io/v1alpha2"),
          Map.entry("TCPRoute", "gateway.networking.k8s.io/v1alpha2"),
          Map.entry("ReferenceGrant", "gateway.networking.k8s.io/v1beta1"),
          Map.entry("Ingress", "networking.k8s.io/v1"),
          Map.entry("IngressClass", "networking.k8s.io/v1"),
          Map.entry("Service", "v1"),
          Map.entry("Namespace", "v1"));

  DecisionCase {
    lines = List.copyOf(lines);
  }

  /** A request and its answer, with its number in the file. */
  record Line(int number, String request, String answer) {}

  static List<DecisionCase> read(Path file) throws IOException {
    List<DecisionCase> cases = new ArrayList<>();
    Draft draft = null;
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("== ")) {
        if (draft != null) {
          cases.add(draft.finish());
        }
        draft = new Draft(line.substring(3));
      } else if (draft != null && line.startsWith("include ")) {
        draft.yaml.append("---\n").append(Files.readString(file.resolveSibling(line.substring(8))));
      } else if (draft == null) {
        throw new IllegalArgumentException("%s:%d: no case yet".formatted(file, number));
      } else {
        draft.add(line, file + ":" + number, number);
      }
    }
    if (draft != null) {
      cases.add(draft.finish());
    }
    return cases;
  }

  /** A case as far as it was read. */
  private static final class Draft {
    private final String title;
    private final StringBuilder yaml = new StringBuilder();
    private final StringBuilder mesh = new StringBuilder();
    private final List<Line> lines = new ArrayList<>();
    private StringBuilder target = yaml;
    private boolean specOpen;
    private int minute;
    private int services;

    Draft(String title) {
      this.title = title;
    }

    void add(String line, String where, int number) {
      if (line.startsWith(" ")) {
        if (target == yaml && !specOpen) {
          yaml.append("spec:\n");
          specOpen = true;
        }
        target.append(line).append('\n');
        return;
      }
      if (line.startsWith("^")) {
        yaml.append(line.substring(1)).append('\n');
        return;
      }
      int arrow = line.indexOf(" => ");
      if (arrow > 0) {
        lines.add(
            new Line(number, line.substring(0, arrow).strip(), line.substring(arrow + 4).strip()));
        return;
      }
      if (line.startsWith("service ")) {
        service(line.split(" +", -1));
        return;
      }
      if (line.startsWith("pod ")) {
        String[] words = line.split(" +", -1);
        Map<String, String> labels = new HashMap<>();
        for (int i = 3; i < words.length; i++) {
          String[] label = words[i].split("=", 2);
          labels.put(label[0], label[1]);
        }
        String[] name = words[1].split("/", -1);
        pod(name[0], name[1], words[2], labels, true);
        return;
      }
      Matcher object = OBJECT.matcher(line);
      if (!object.matches()) {
        throw new IllegalArgumentException(where + ": cannot be read: " + line);
      }
      if (object.group(1).equals("MeshConfig")) {
        target = mesh;
        return;
      }
      String kind = object.group(1);
      header(kind, object.group(2), object.group(3), object.group(4), "");
    }

    private void header(
        String kind, String namespace, String name, @Nullable String created, String labels) {
      String group = GROUPS.get(kind);
      if (group == null) {
        throw new IllegalArgumentException(
            "kind %s (expected: %s)".formatted(kind, GROUPS.keySet()));
      }
      minute++;
      int age = created == null ? minute : Integer.parseInt(created);
      yaml.append("---\napiVersion: ").append(group).append('\n');
      yaml.append("kind: ").append(kind.equals("KubeGateway") ? "Gateway" : kind).append('\n');
      yaml.append(
          "metadata: {name: %s, %s%screationTimestamp: \"2026-01-01T%02d:%02d:00Z\"}%n"
              .formatted(
                  name,
                  namespace.isEmpty() ? "" : "namespace: " + namespace + ", ",
                  labels.isEmpty() ? "" : "labels: {" + labels + "}, ",
                  age / 60,
                  age % 60));
      target = yaml;
      specOpen = false;
    }

    private void service(String[] words) {
      services++;
      String[] name = words[1].split("/", -1);
      String own =
          Stream.of(words)
              .filter(word -> word.startsWith("+"))
              .map(word -> word.substring(1).replace("=", ": "))
              .collect(Collectors.joining(", "));
      header("Service", name[0], name[1], null, own);
      yaml.append("spec:\n  selector: {app: ").append(name[1]).append("}\n");
      if (!words[2].equals("-")) {
        yaml.append("  clusterIP: ")
            .append(words[2].equals("none") ? "None" : words[2])
            .append('\n');
      }
      yaml.append("  ports:\n");
      List<String> versions = new ArrayList<>();
      for (int i = 3; i < words.length; i++) {
        int colon = words[i].indexOf(':');
        if (words[i].startsWith("+")) {
          continue;
        }
        if (colon < 0) {
          versions.add(words[i]);
          continue;
        }
        String[] ports = words[i].substring(colon + 1).split(">", -1);
        yaml.append("  - {port: ").append(ports[0]);
        if (colon > 0) {
          yaml.append(", name: ").append(words[i], 0, colon);
        }
        yaml.append(ports.length > 1 ? ", targetPort: " + ports[1] : "").append("}\n");
      }
      if (versions.isEmpty()) {
        versions.add("");
      }
      int count = 0;
      for (String version : versions) {
        if (!version.equals("empty")) {
          count++;
          String label = version.replace("!", "");
          Map<String, String> labels = new HashMap<>(Map.of("app", name[1]));
          if (!label.isEmpty()) {
            labels.put("version", label);
          }
          pod(
              name[0],
              name[1] + "-" + count,
              "10.1.%d.%d".formatted(services, count),
              labels,
              !version.endsWith("!"));
        }
      }
    }

    private void pod(
        String namespace, String name, String ip, Map<String, String> labels, boolean ready) {
      yaml.append("---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: ").append(name);
      yaml.append("\n  namespace: ").append(namespace).append("\n  labels: {");
      labels.forEach((key, value) ->
          yaml.append('"').append(key).append("\": \"").append(value).append("\", "));
      yaml.append("}\nstatus: {phase: Running, podIP: ").append(ip);
      yaml.append(", conditions: [{type: Ready, status: \"");
      yaml.append(ready ? "True" : "False").append("\"}]}\n");
    }

    DecisionCase finish() {
      DocumentReader.Reading reading =
          new DocumentReader(Limits.DEFAULT)
              .read(title, yaml.toString().getBytes(StandardCharsets.UTF_8));
      if (!reading.refusals().isEmpty()) {
        throw new IllegalArgumentException(title + ": " + reading.refusals() + "\n" + yaml);
      }
      Node settings = mesh.isEmpty() ? null : DocumentReader.value(mesh.toString(), Limits.DEFAULT);
      return new DecisionCase(
          title, Snapshot.of(reading.resources()), MeshConfig.of(settings, "istio-system"), lines);
    }
  }
}
