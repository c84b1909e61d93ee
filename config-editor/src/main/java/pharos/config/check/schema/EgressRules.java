package pharos.config.check.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Egress listeners of a Sidecar (analysis catalog 6.6). */
final class EgressRules {
  private EgressRules() {}

  static void apply(List<Node> egress, String namespace, Verdicts verdicts) {
    Set<Long> ports = new HashSet<>();
    Set<String> sockets = new HashSet<>();
    for (int i = 0; i < egress.size(); i++) {
      Path path = Path.of("spec", "egress", i);
      Node listener = egress.get(i);
      if (Fields.has(listener, "port")) {
        port(listener, ports, sockets, path, verdicts);
      } else {
        verdicts.errorIf(
            i < egress.size() - 1,
            path.key("port"),
            "sidecar: the egress listener with empty port should be the last listener in the list");
      }
      hosts(Fields.texts(listener, "hosts"), namespace, path.key("hosts"), verdicts);
    }
  }

  private static void port(
      Node listener, Set<Long> ports, Set<String> sockets, Path path, Verdicts verdicts) {
    Node port = java.util.Objects.requireNonNull(Fields.node(listener, "port"));
    String bind = Fields.text(listener, "bind");
    long number = Fields.number(port, "number");
    verdicts.errorIf(
        Fields.number(port, "targetPort") > 0,
        path.key("port").key("targetPort"),
        "targetPort has no impact on Sidecars");
    SidecarRules.port(port, path.key("port"), verdicts);
    if (number == 0) {
      if (bind.startsWith("unix://")) {
        verdicts.errorIf(path.key("bind"), Names.unixAddress(bind));
      } else {
        verdicts.error(
            path, "sidecar: ports with 0 value must have a unix domain socket bind address");
      }
      String capture = Fields.text(listener, "captureMode");
      verdicts.errorIf(
          !capture.isEmpty() && !capture.equals("DEFAULT") && !capture.equals("NONE"),
          path.key("captureMode"),
          "sidecar: captureMode must be DEFAULT/NONE for unix domain socket listeners");
      verdicts.errorIf(
          !sockets.add(bind),
          path.key("bind"),
          "sidecar: unix domain socket values for listeners must be unique");
      return;
    }
    verdicts.errorIf(path.key("port").key("number"), Names.port(number));
    if (!bind.isEmpty()) {
      verdicts.errorIf(path.key("bind"), Names.ip(bind));
    }
    verdicts.errorIf(
        !ports.add(number),
        path.key("port"),
        "sidecar: ports on IP bound listeners must be unique");
  }

  private static void hosts(List<String> hosts, String own, Path path, Verdicts verdicts) {
    verdicts.errorIf(
        hosts.isEmpty(), path, "sidecar: egress listener must contain at least one host");
    Map<String, Set<String>> byNamespace = new HashMap<>();
    for (int i = 0; i < hosts.size(); i++) {
      String entry = hosts.get(i);
      host(entry, path.index(i), verdicts);
      int slash = entry.indexOf('/');
      if (slash < 0 || entry.startsWith("~")) {
        continue;
      }
      String scope = entry.substring(0, slash);
      String name = entry.substring(slash + 1);
      Set<String> seen =
          byNamespace.computeIfAbsent(scope.equals(".") ? own : scope, _ -> new HashSet<>());
      verdicts.warningIf(
          seen.contains(name) || seen.contains("*") || (name.equals("*") && !seen.isEmpty()),
          path.index(i),
          "duplicated egress host: " + entry);
      seen.add(name);
    }
    Set<String> everywhere = byNamespace.getOrDefault("*", Set.of());
    verdicts.warningIf(
        everywhere.contains("*") && byNamespace.size() > 1,
        path,
        "`*/*` host select all resources, no other hosts can be added");
  }

  private static void host(String entry, Path path, Verdicts verdicts) {
    int slash = entry.indexOf('/');
    if (slash < 0) {
      verdicts.error(path, "host must be of form namespace/dnsName");
      return;
    }
    String namespace = entry.substring(0, slash);
    String host = entry.substring(slash + 1);
    if (namespace.isEmpty() || host.isEmpty()) {
      verdicts.error(path, "config namespace and dnsName in host entry cannot be empty");
      return;
    }
    String scope = namespace.startsWith("~") ? namespace.substring(1) : namespace;
    verdicts.errorIf(
        !scope.isEmpty() && !scope.equals("*") && !scope.equals(".") && !Names.isLabel(scope),
        path,
        "invalid namespace value \"%s\" in sidecar".formatted(namespace));
    HostEntries.dnsName(host, false, path, verdicts);
  }
}
