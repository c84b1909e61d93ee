package pharos.config.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.NameReference;
import pharos.config.istio.ServiceHosts;
import pharos.config.reference.Reference.Role;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.ResourceKey;

/** What Istio's networking kinds name. */
final class NetworkingReferences {
  private NetworkingReferences() {}

  static void read(ReferenceReader reader) {
    switch (reader.kind().name()) {
      case "VirtualService" -> virtualService(reader);
      case "DestinationRule" -> destinationRule(reader);
      case "Gateway" -> gateway(reader);
      case "ServiceEntry" -> serviceEntry(reader);
      case "Sidecar" -> sidecar(reader);
      case "EnvoyFilter" -> {
        selected(reader, "workloadSelector", "labels");
        reader.targetRefs();
      }
      case "ProxyConfig" -> selected(reader, "selector", "matchLabels");
      default -> {
        // WorkloadEntry and WorkloadGroup are named, and name nothing.
      }
    }
  }

  /** A label selector that means workloads of the own namespace, or of all from the root's. */
  static void selected(ReferenceReader reader, String field, String labels) {
    Map<String, String> selector = Fields.map(reader.spec(), field, labels);
    reader.workloads(
        Path.of("spec", field), selector, reader.targets().selected(reader.namespace(), selector));
  }

  private static void virtualService(ReferenceReader reader) {
    List<String> hosts = Fields.texts(reader.spec(), "hosts");
    for (int i = 0; i < hosts.size(); i++) {
      reader.possibleHost(Path.of("spec", "hosts", i), Role.HOST, hosts.get(i));
    }
    List<String> gateways = Fields.texts(reader.spec(), "gateways");
    for (int i = 0; i < gateways.size(); i++) {
      if (!gateways.get(i).equals("mesh")) {
        reader.named(Path.of("spec", "gateways", i), Role.GATEWAY, gateways.get(i), Kinds.GATEWAY);
      }
    }
    for (String protocol : List.of("http", "tls", "tcp")) {
      List<Node> rules = Fields.items(reader.spec(), protocol);
      for (int i = 0; i < rules.size(); i++) {
        rule(reader, rules.get(i), Path.of("spec", protocol, i));
      }
    }
  }

  private static void rule(ReferenceReader reader, Node rule, Path path) {
    List<Node> routes = Fields.items(rule, "route");
    for (int i = 0; i < routes.size(); i++) {
      destination(
          reader,
          Fields.node(routes.get(i), "destination"),
          path.key("route").index(i).key("destination"),
          Role.DESTINATION);
    }
    destination(reader, Fields.node(rule, "mirror"), path.key("mirror"), Role.MIRROR);
    List<Node> mirrors = Fields.items(rule, "mirrors");
    for (int i = 0; i < mirrors.size(); i++) {
      destination(
          reader,
          Fields.node(mirrors.get(i), "destination"),
          path.key("mirrors").index(i).key("destination"),
          Role.MIRROR);
    }
    Node delegate = Fields.node(rule, "delegate");
    String name = Fields.text(delegate, "name");
    if (!name.isEmpty()) {
      String namespace =
          Fields.has(delegate, "namespace")
              ? Fields.text(delegate, "namespace")
              : reader.namespace();
      reader.object(
          path.key("delegate").key("name"),
          Role.DELEGATE,
          namespace + "/" + name,
          Kinds.VIRTUAL_SERVICE,
          namespace,
          name);
    }
  }

  private static void destination(
      ReferenceReader reader, @Nullable Node destination, Path path, Role role) {
    String host = Fields.text(destination, "host");
    reader.host(path.key("host"), role, host);
    String subset = Fields.text(destination, "subset");
    if (!subset.isEmpty()) {
      reader.add(
          path.key("subset"),
          Role.SUBSET,
          subset + " of " + host,
          reader.targets().rulesWithSubset(host, reader.namespace(), subset),
          Kinds.DESTINATION_RULE);
    }
  }

  private static void destinationRule(ReferenceReader reader) {
    String host = Fields.text(reader.spec(), "host");
    if (host.startsWith("*")) {
      reader.possibleHost(Path.of("spec", "host"), Role.HOST, host);
    } else {
      reader.host(Path.of("spec", "host"), Role.HOST, host);
    }
    ServiceHosts.Entry service = reader.targets().service(host, reader.namespace());
    List<Node> subsets = Fields.items(reader.spec(), "subsets");
    for (int i = 0; i < subsets.size() && service != null; i++) {
      Map<String, String> labels = new HashMap<>(Targets.selectorOf(service));
      labels.putAll(Fields.map(subsets.get(i), "labels"));
      reader.workloads(
          Path.of("spec", "subsets", i),
          labels,
          reader.targets().workloads(service.resource().key().namespace(), labels));
    }
    selected(reader, "workloadSelector", "matchLabels");
    certificate(
        reader,
        Path.of("spec", "trafficPolicy", "tls", "credentialName"),
        Fields.text(reader.spec(), "trafficPolicy", "tls", "credentialName"),
        List.of(reader.namespace()));
  }

  private static void gateway(ReferenceReader reader) {
    Map<String, String> selector = Fields.map(reader.spec(), "selector");
    List<ResourceKey> workloads = reader.targets().anywhere(selector);
    reader.workloads(Path.of("spec", "selector"), selector, workloads);
    // A certificate is read where the gateway's pods are.
    TreeSet<String> namespaces = new TreeSet<>();
    workloads.forEach(key -> namespaces.add(key.namespace()));
    if (namespaces.isEmpty()) {
      namespaces.add(reader.namespace());
    }
    List<Node> servers = Fields.items(reader.spec(), "servers");
    for (int i = 0; i < servers.size(); i++) {
      certificate(
          reader,
          Path.of("spec", "servers", i, "tls", "credentialName"),
          Fields.text(servers.get(i), "tls", "credentialName"),
          List.copyOf(namespaces));
    }
  }

  private static void certificate(
      ReferenceReader reader, Path path, String credential, List<String> namespaces) {
    if (credential.isEmpty()) {
      return;
    }
    for (String namespace : namespaces) {
      NameReference name = NameReference.of(credential, namespace);
      reader.object(
          path, Role.CERTIFICATE, credential, Kinds.SECRET, name.namespace(), name.name());
    }
  }

  private static void serviceEntry(ReferenceReader reader) {
    Map<String, String> labels = Fields.map(reader.spec(), "workloadSelector", "labels");
    reader.workloads(
        Path.of("spec", "workloadSelector"),
        labels,
        reader.targets().workloads(reader.namespace(), labels));
  }

  private static void sidecar(ReferenceReader reader) {
    selected(reader, "workloadSelector", "labels");
    List<Node> egress = Fields.items(reader.spec(), "egress");
    for (int i = 0; i < egress.size(); i++) {
      List<String> hosts = Fields.texts(egress.get(i), "hosts");
      for (int j = 0; j < hosts.size(); j++) {
        String text = hosts.get(j);
        String host = text.substring(text.indexOf('/') + 1);
        if (!host.startsWith("*")) {
          reader.host(Path.of("spec", "egress", i, "hosts", j), Role.EGRESS, host);
        }
      }
    }
  }
}
