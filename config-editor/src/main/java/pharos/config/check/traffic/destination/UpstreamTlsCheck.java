package pharos.config.check.traffic.destination;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.Hosts;
import pharos.config.istio.MeshMembership;
import pharos.config.istio.Pods;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Bindings;

/** TLS towards a service that does not come about (R-DR-52, R-DR-54). */
final class UpstreamTlsCheck implements Check {
  @Override
  public String name() {
    return "traffic.UpstreamTlsCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(
        Kinds.DESTINATION_RULE,
        Kinds.PEER_AUTHENTICATION,
        Kinds.SERVICE,
        Kinds.SERVICE_ENTRY,
        Kinds.POD,
        Kinds.NAMESPACE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    Map<String, Resource> policies = new HashMap<>();
    Set<String> exceptions = new HashSet<>();
    for (Resource policy : mesh.all(Kinds.PEER_AUTHENTICATION)) {
      if (Fields.entries(policy.spec(), "selector", "matchLabels").isEmpty()) {
        policies.merge(
            policy.key().namespace(),
            policy,
            (a, b) -> CreationTimes.ORDER.compare(a, b) <= 0 ? a : b);
      } else {
        exceptions.add(policy.key().namespace());
      }
    }
    for (Resource rule : mesh.all(Kinds.DESTINATION_RULE)) {
      Node tls = Fields.node(rule.spec(), "trafficPolicy", "tls");
      Path path = Path.of("spec", "trafficPolicy", "tls");
      credential(rule, tls, path, mesh, report);
      if (Fields.text(tls, "mode").equals("DISABLE")) {
        Resource strict = strict(rule, policies, exceptions, mesh);
        if (strict != null) {
          report.at(
              rule,
              path.key("mode"),
              DestinationMessage.TLS_DISABLED_BUT_STRICT,
              Fields.text(rule.spec(), "host"),
              Bindings.nameOf(strict));
        }
      }
    }
  }

  /** In the root namespace such rules are meant for gateways, which do read Secrets. */
  private static void credential(
      Resource rule, @Nullable Node tls, Path path, MeshView mesh, Report report) {
    String credential = Fields.text(tls, "credentialName");
    String mode = Fields.text(tls, "mode");
    if (!credential.isEmpty()
        && !credential.startsWith("configmap://")
        && (mode.equals("SIMPLE") || mode.equals("MUTUAL"))
        && !Fields.has(rule.spec(), "workloadSelector")
        && !rule.key().namespace().equals(mesh.mesh().rootNamespace())) {
      report.at(
          rule,
          path.key("credentialName"),
          DestinationMessage.CREDENTIAL_NAME_IGNORED,
          Fields.text(rule.spec(), "host"));
    }
  }

  /** The policy by which the workloads behind a host take mutual TLS only, or null. */
  private static @Nullable Resource strict(
      Resource rule, Map<String, Resource> policies, Set<String> exceptions, MeshView mesh) {
    String host = Fields.text(rule.spec(), "host");
    Resource root = policies.get(mesh.mesh().rootNamespace());
    Resource service = Endpoints.service(host, rule, mesh);
    String namespace = "";
    if (service != null) {
      namespace = service.key().namespace();
      // Policies for single workloads may say otherwise of these.
      if (exceptions.contains(namespace) || outside(service, mesh)) {
        return null;
      }
    } else if (host.startsWith("*.") && host.endsWith(Hosts.CLUSTER_SUFFIX)) {
      namespace = host.substring(2, host.length() - Hosts.CLUSTER_SUFFIX.length());
    } else if (!host.equals("*.local")) {
      return null;
    }
    Resource own = policies.get(namespace);
    String mode = own == null ? "" : Fields.text(own.spec(), "mtls", "mode");
    if (own == null || mode.isEmpty() || mode.equals("UNSET")) {
      own = root;
      mode = own == null ? "" : Fields.text(own.spec(), "mtls", "mode");
    }
    return mode.equals("STRICT") ? own : null;
  }

  /** Whether there are pods and none of them has a proxy, so that nobody asks for TLS. */
  private static boolean outside(Resource service, MeshView mesh) {
    MeshMembership membership = new MeshMembership(mesh.resources());
    List<Resource> pods =
        mesh.index(Pods.INDEX)
            .matching(service.key().namespace(), Fields.map(service.spec(), "selector"))
            .toList();
    return !pods.isEmpty() && pods.stream().noneMatch(membership::podInMesh);
  }
}
