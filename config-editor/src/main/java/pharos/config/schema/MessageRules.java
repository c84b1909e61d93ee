package pharos.config.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.schema.Mismatch.Problem;

/**
 * What the schemas of Istio and Gateway API demand of several fields together; upstream these are
 * rules in CEL beside the schema.
 */
final class MessageRules {
  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("Source", MessageRules::source),
          Map.entry("ServiceEntrySpec", MessageRules::serviceEntry),
          Map.entry("WorkloadEntrySpec", MessageRules::workloadEntry),
          Map.entry("EnvoyConfigObjectMatch", MessageRules::envoyMatch),
          Map.entry("PolicyTargetReference", MessageRules::targetReference),
          Map.entry("PeerAuthenticationSpec", MessageRules::peerAuthentication),
          Map.entry("TagOverride", MessageRules::tagOverride),
          Map.entry("EnvVar", MessageRules::envVar),
          Map.entry("HTTPRouteFilter", MessageRules::routeFilter),
          Map.entry("GRPCRouteFilter", MessageRules::routeFilter),
          Map.entry("HTTPPathMatch", MessageRules::pathMatch),
          Map.entry("HTTPBackendRef", MessageRules::backend),
          Map.entry("GRPCBackendRef", MessageRules::backend),
          Map.entry("BackendRef", MessageRules::backend));

  /** Filter types of routes and the fields with their settings. */
  private static final Map<String, String> FILTERS =
      Map.of(
          "RequestHeaderModifier", "requestHeaderModifier",
          "ResponseHeaderModifier", "responseHeaderModifier",
          "RequestMirror", "requestMirror",
          "RequestRedirect", "requestRedirect",
          "URLRewrite", "urlRewrite",
          "CORS", "cors",
          "ExternalAuth", "externalAuth",
          "ExtensionRef", "extensionRef");

  private static final Set<String> STATIC_ADDRESSES = Set.of("NONE", "STATIC");

  private MessageRules() {}

  /** A rule of one message. */
  private interface Rule {
    void apply(Node.Mapping object, Path path, List<Mismatch> found);
  }

  static void apply(String message, Node.Mapping object, Path path, List<Mismatch> found) {
    Rule rule = RULES.get(message);
    if (rule != null) {
      rule.apply(object, path, found);
    }
  }

  private static void source(Node.Mapping source, Path path, List<Mismatch> found) {
    for (String accounts : List.of("serviceAccounts", "notServiceAccounts")) {
      for (String others : List.of("principals", "notPrincipals", "namespaces", "notNamespaces")) {
        if (Fields.has(source, accounts) && Fields.has(source, others)) {
          refuseKey(
              path.key(accounts),
              "Cannot set serviceAccounts with namespaces or principals",
              found);
          return;
        }
      }
    }
  }

  private static void serviceEntry(Node.Mapping entry, Path path, List<Mismatch> found) {
    String resolution = Fields.text(entry, "resolution");
    String mode = resolution.isEmpty() ? "NONE" : resolution;
    if (Fields.has(entry, "workloadSelector") && Fields.has(entry, "endpoints")) {
      refuseKey(
          path.key("endpoints"), "only one of WorkloadSelector or Endpoints can be set", found);
    }
    List<String> addresses = Fields.texts(entry, "addresses");
    for (int i = 0; i < addresses.size(); i++) {
      if (addresses.get(i).contains("/") && !STATIC_ADDRESSES.contains(mode)) {
        ScalarRules.refuse(
            path.key("addresses").index(i),
            "CIDR addresses are allowed only for NONE/STATIC resolution types",
            found);
      }
    }
    if (mode.equals("NONE") && Fields.has(entry, "endpoints")) {
      refuseKey(path.key("endpoints"), "NONE mode cannot set endpoints", found);
    }
    if (mode.equals("DNS_ROUND_ROBIN") && Fields.items(entry, "endpoints").size() > 1) {
      refuseKey(
          path.key("endpoints"), "DNS_ROUND_ROBIN mode cannot have multiple endpoints", found);
    }
    List<String> hosts = Fields.texts(entry, "hosts");
    for (int i = 0; i < hosts.size(); i++) {
      if (hosts.get(i).equals("*")) {
        ScalarRules.refuse(path.key("hosts").index(i), "hostname cannot be wildcard", found);
      }
    }
    numbersDiffer(Fields.items(entry, "ports"), path.key("ports"), found);
  }

  private static void numbersDiffer(List<Node> ports, Path path, List<Mismatch> found) {
    Map<Long, Long> uses =
        ports.stream()
            .map(port -> Fields.number(port, "number"))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Set<Long> seen = new java.util.HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      long number = Fields.number(ports.get(i), "number");
      if (uses.getOrDefault(number, 0L) > 1 && !seen.add(number)) {
        ScalarRules.refuse(path.index(i).key("number"), "port number cannot be duplicated", found);
      }
    }
  }

  private static void workloadEntry(Node.Mapping entry, Path path, List<Mismatch> found) {
    String address = Fields.text(entry, "address");
    boolean template = path.equals(Path.of("spec", "template"));
    if (!template && !Fields.has(entry, "address") && !Fields.has(entry, "network")) {
      ScalarRules.refuse(path, "Address is required", found);
    }
    if (!address.startsWith("unix://")) {
      return;
    }
    String socket = address.substring("unix://".length());
    if (!socket.startsWith("/") && !socket.startsWith("@")) {
      ScalarRules.refuse(
          path.key("address"), "UDS must be an absolute path or abstract socket", found);
    }
    if (socket.endsWith("/")) {
      ScalarRules.refuse(path.key("address"), "UDS may not be a dir", found);
    }
    if (Fields.has(entry, "ports")) {
      refuseKey(path.key("ports"), "UDS may not include ports", found);
    }
  }

  private static void envoyMatch(Node.Mapping match, Path path, List<Mismatch> found) {
    boolean waypoint = Fields.text(match, "context").equals("WAYPOINT");
    if (waypoint != Fields.has(match, "waypoint")) {
      ScalarRules.refuse(path, "only support waypointMatch when context is WAYPOINT", found);
    }
  }

  private static void targetReference(Node.Mapping target, Path path, List<Mismatch> found) {
    if (!Fields.text(target, "namespace").isEmpty()) {
      ScalarRules.refuse(
          path.key("namespace"), "cross namespace referencing is not currently supported", found);
    }
  }

  private static void peerAuthentication(Node.Mapping spec, Path path, List<Mismatch> found) {
    if (Fields.has(spec, "portLevelMtls")
        && Fields.entries(spec, "selector", "matchLabels").isEmpty()) {
      refuseKey(path.key("portLevelMtls"), "portLevelMtls requires selector", found);
    }
  }

  private static void tagOverride(Node.Mapping tag, Path path, List<Mismatch> found) {
    String operation = Fields.text(tag, "operation");
    boolean value = !Fields.text(tag, "value").isEmpty();
    if (operation.equals("UPSERT") && !value) {
      ScalarRules.refuse(path, "value must be set when operation is UPSERT", found);
    }
    if (operation.equals("REMOVE") && value) {
      refuseKey(path.key("value"), "value must not be set when operation is REMOVE", found);
    }
  }

  private static void envVar(Node.Mapping variable, Path path, List<Mismatch> found) {
    if (Fields.text(variable, "valueFrom").equals("HOST") && Fields.has(variable, "value")) {
      refuseKey(path.key("value"), "value may only be set when valueFrom is INLINE", found);
    }
  }

  private static void routeFilter(Node.Mapping filter, Path path, List<Mismatch> found) {
    String type = Fields.text(filter, "type");
    String wanted = FILTERS.get(type);
    if (wanted != null && !Fields.has(filter, wanted)) {
      ScalarRules.refuse(
          path, "filter.%s must be specified for %s filter.type".formatted(wanted, type), found);
    }
    FILTERS.forEach((other, field) -> {
      if (Fields.has(filter, field) && !field.equals(wanted)) {
        refuseKey(
            path.key(field),
            "filter.%s must be nil if the filter.type is not %s".formatted(field, other),
            found);
      }
    });
  }

  private static void pathMatch(Node.Mapping match, Path path, List<Mismatch> found) {
    String value = Fields.text(match, "value");
    if (!Fields.text(match, "type").equals("RegularExpression")
        && Fields.has(match, "value")
        && !value.startsWith("/")) {
      ScalarRules.refuse(
          path.key("value"),
          "value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']",
          found);
    }
  }

  private static void backend(Node.Mapping reference, Path path, List<Mismatch> found) {
    String kind = Fields.text(reference, "kind");
    boolean service =
        Fields.text(reference, "group").isEmpty() && (kind.isEmpty() || kind.equals("Service"));
    if (service && !Fields.has(reference, "port")) {
      ScalarRules.refuse(path, "Must have port for Service reference", found);
    }
  }

  private static void refuseKey(Path path, String text, List<Mismatch> found) {
    found.add(new Mismatch(Problem.REFUSED, path, true, text, null));
  }
}
