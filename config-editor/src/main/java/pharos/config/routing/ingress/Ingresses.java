package pharos.config.routing.ingress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.Gateway;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.VirtualService;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;
import pharos.config.routing.dialect.Translated;
import pharos.config.routing.effective.Ignored;

/** Translates the Ingresses of a snapshot: one Gateway each, one VirtualService per host. */
public final class Ingresses {
  /** By age, then name, namespace and position. */
  private static final Comparator<Rule> AGE =
      Comparator.comparing(Rule::ingress, CreationTimes.ORDER).thenComparingInt(Rule::index);

  private Ingresses() {}

  private record Rule(Resource ingress, int index, Node node) {}

  /** The views that the snapshot's Ingresses come to. */
  public static Translated translate(Snapshot resources, MeshConfig mesh) {
    Node config = mesh.tree();
    Set<Ignored> notes = new LinkedHashSet<>();
    IngressClasses classes = new IngressClasses(resources, config);
    List<Gateway> gateways = new ArrayList<>();
    Map<String, List<Rule>> byHost = new TreeMap<>();
    for (Resource ingress : resources.all(Kinds.INGRESS)) {
      String refusal = classes.refusal(ingress);
      if (refusal != null) {
        notes.add(new Ignored(Origin.of(ingress.key()), "R-GW-40", refusal));
        continue;
      }
      gateways.add(IngressGateways.of(ingress, config, notes));
      rules(ingress, notes)
          .forEach(rule -> byHost.computeIfAbsent(host(rule), _ -> new ArrayList<>()).add(rule));
    }
    IngressRules conversion = new IngressRules(resources, mesh.clusterDomain(), notes);
    List<VirtualService> virtualServices = new ArrayList<>();
    byHost.forEach((host, rules) -> virtualServices.add(merged(host, rules, conversion)));
    return new Translated(virtualServices, gateways, Set.of(), List.copyOf(notes));
  }

  private static List<Rule> rules(Resource ingress, Set<Ignored> notes) {
    Node spec = ingress.spec();
    if (Fields.has(spec, "defaultBackend") || Fields.has(spec, "backend")) {
      note(
          notes,
          ingress.key(),
          Path.of("spec", "defaultBackend"),
          "Istio takes no default backend");
    }
    List<Rule> rules = new ArrayList<>();
    List<Node> nodes = Fields.items(spec, "rules");
    for (int i = 0; i < nodes.size(); i++) {
      if (Fields.has(nodes.get(i), "http")) {
        rules.add(new Rule(ingress, i, nodes.get(i)));
      } else {
        note(notes, ingress.key(), Path.of("spec", "rules", i), "the rule has no paths");
      }
    }
    return rules;
  }

  private static void note(Set<Ignored> notes, ResourceKey ingress, Path path, String reason) {
    notes.add(new Ignored(new Origin(ingress, path, -1, -1, null), "R-GW-40", reason));
  }

  private static String host(Rule rule) {
    String host = Fields.text(rule.node(), "host");
    return host.isEmpty() ? "*" : host;
  }

  /** The VirtualService binds to the Gateway of the oldest Ingress only. */
  private static VirtualService merged(String host, List<Rule> rules, IngressRules conversion) {
    rules.sort(AGE);
    List<HttpRoute> all = new ArrayList<>();
    for (Rule rule : rules) {
      all.addAll(conversion.of(rule.ingress(), rule.node(), rule.index()));
    }
    all.sort(IngressRules.PRECEDENCE);
    ResourceKey oldest = rules.getFirst().ingress().key();
    return new VirtualService(
        oldest,
        0,
        List.of(host),
        List.of(IngressGateways.name(oldest)),
        List.of(),
        all,
        List.of(),
        List.of(),
        VirtualService.Dialect.INGRESS);
  }
}
