package pharos.config.check.traffic.route;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import pharos.config.check.MeshView;
import pharos.config.check.traffic.Bindings;
import pharos.config.check.traffic.Rule;
import pharos.config.istio.Hosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;

/**
 * Who calls whom, as far as the configuration itself says so: a Sidecar that lists the hosts of
 * some workloads by name, a VirtualService that asks for the labels of its clients.
 */
final class DeclaredCalls {
  /** Services by namespace: a declaration names labels of pods, which a selector names as well. */
  private final Map<String, Map<String, Map<String, String>>> selectors = new HashMap<>();

  /** Called host by calling host, and the object that says so. */
  private final Map<String, Map<String, Resource>> calls = new HashMap<>();

  private DeclaredCalls() {}

  static DeclaredCalls of(MeshView mesh) {
    DeclaredCalls declared = new DeclaredCalls();
    for (Resource service : mesh.all(Kinds.SERVICE)) {
      Map<String, String> selector = Fields.map(service.spec(), "selector");
      if (!selector.isEmpty()) {
        String namespace = service.key().namespace();
        declared
            .selectors
            .computeIfAbsent(namespace, _ -> new LinkedHashMap<>())
            .put(Hosts.fullName(service.key().name(), namespace), selector);
      }
    }
    mesh.all(Kinds.SIDECAR).forEach(declared::readSidecar);
    mesh.all(Kinds.VIRTUAL_SERVICE).forEach(declared::readVirtualService);
    return declared;
  }

  /** The hosts that a host's workloads call, each with the object that says so. */
  Map<String, Resource> from(String host) {
    return calls.getOrDefault(host, Map.of());
  }

  private void readSidecar(Resource sidecar) {
    Map<String, String> labels = Fields.map(sidecar.spec(), "workloadSelector", "labels");
    if (labels.isEmpty()) {
      return;
    }
    for (Node listener : Fields.items(sidecar.spec(), "egress")) {
      for (String entry : Fields.texts(listener, "hosts")) {
        String host = entry.substring(entry.indexOf('/') + 1);
        if (!entry.startsWith("~") && !host.startsWith("*")) {
          add(sidecar.key().namespace(), labels, host, sidecar);
        }
      }
    }
  }

  private void readVirtualService(Resource service) {
    for (Rule rule : Rule.http(service)) {
      for (Node match : rule.matches()) {
        Map<String, String> labels = Fields.map(match, "sourceLabels");
        if (!labels.isEmpty() && Fields.texts(match, "gateways").isEmpty()) {
          String written = Fields.text(match, "sourceNamespace");
          String namespace = written.isEmpty() ? service.key().namespace() : written;
          for (String host : Bindings.hosts(service)) {
            add(namespace, labels, host, service);
          }
        }
      }
    }
  }

  private void add(String namespace, Map<String, String> labels, String called, Resource source) {
    selectors
        .getOrDefault(namespace, Map.of())
        .forEach((caller, selector) -> {
          if (selector.entrySet().containsAll(labels.entrySet()) && !caller.equals(called)) {
            calls.computeIfAbsent(caller, _ -> new LinkedHashMap<>()).putIfAbsent(called, source);
          }
        });
  }
}
