package pharos.config.check.authoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.Hosts;
import pharos.config.istio.IpAddresses;
import pharos.config.istio.ServiceHosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/**
 * VirtualServices for the sidecars of the mesh that do less than their author may think: hosts that
 * only clients outside know, and rules that leave the rest of a host's requests without a route.
 */
final class MeshRouteCheck implements Check {
  private static final String MESH = "mesh";

  @Override
  public String name() {
    return "authoring.MeshRoutes";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE, Kinds.SERVICE, Kinds.SERVICE_ENTRY);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      List<String> gateways = Fields.texts(service.spec(), "gateways");
      if (gateways.isEmpty() || gateways.equals(List.of(MESH))) {
        hosts(service, mesh, report);
      }
      if (gateways.isEmpty() || gateways.contains(MESH)) {
        rest(service, report);
      }
    }
  }

  private void hosts(Resource service, MeshView mesh, Consumer<Finding> report) {
    List<String> hosts = Fields.texts(service.spec(), "hosts");
    List<String> exportTo = Fields.texts(service.spec(), "exportTo");
    for (int i = 0; i < hosts.size(); i++) {
      String host = hosts.get(i);
      if (outside(host, mesh)
          && mesh.index(ServiceHosts.INDEX).find(service.key().namespace(), host, exportTo)
              == null) {
        report.accept(
            Finding.at(
                service,
                Path.of("spec", "hosts", i),
                name(),
                AuthoringMessage.ONLY_INSIDE_THE_MESH,
                host));
      }
    }
  }

  /** Whether it looks like a name that clients outside the mesh use. */
  private static boolean outside(String host, MeshView mesh) {
    if (!host.contains(".")
        || host.startsWith("*")
        || host.endsWith(Hosts.CLUSTER_SUFFIX)
        || IpAddresses.bytes(host) != null) {
      return false;
    }
    List<String> parts = List.of(host.split("\\.", -1));
    // "reviews.prod" is a service whose author expects the name to be completed.
    boolean halfName =
        parts.size() <= 3 && mesh.find(Kinds.SERVICE, parts.get(1), parts.get(0)) != null;
    return !halfName;
  }

  private void rest(Resource service, Consumer<Finding> report) {
    List<Node> rules = Fields.items(service.spec(), "http");
    List<String> hosts = Fields.texts(service.spec(), "hosts");
    if (rules.isEmpty() || hosts.isEmpty()) {
      return;
    }
    @Nullable String prefix = null;
    for (Node rule : rules) {
      List<Node> matches = Fields.items(rule, "match");
      if (matches.isEmpty() || matches.stream().anyMatch(MeshRouteCheck::takesAll)) {
        return;
      }
      for (Node match : matches) {
        String text = Fields.text(match, "uri", "prefix");
        prefix = prefix == null && text.length() > 1 && !text.endsWith("/") ? text : prefix;
      }
    }
    report.accept(
        Finding.atKey(
            service,
            Path.of("spec", "http"),
            name(),
            AuthoringMessage.NO_CATCH_ALL,
            String.join(", ", hosts),
            prefix == null ? "" : " (the prefix %s also takes %sX)".formatted(prefix, prefix)));
  }

  /** A match without conditions, or with one on the path that every path fits. */
  private static boolean takesAll(Node match) {
    List<String> conditions = new ArrayList<>(Fields.entries(match).keySet());
    conditions.remove("name");
    if (conditions.isEmpty()) {
      return true;
    }
    String regex = Fields.text(match, "uri", "regex");
    return conditions.equals(List.of("uri"))
        && (Fields.text(match, "uri", "prefix").equals("/")
            || regex.equals(".*")
            || regex.equals("/.*"));
  }
}
