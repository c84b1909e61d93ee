package pharos.config.check.traffic.destination;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.Pods;
import pharos.config.istio.Selectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Rule;
import pharos.config.check.traffic.Bindings;

/** Subsets and services to which nothing answers (R-DR-25 to R-DR-27, R-DR-56). */
final class EndpointCheck implements Check {
  @Override
  public String name() {
    return "traffic.EndpointCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(
        Kinds.DESTINATION_RULE,
        Kinds.VIRTUAL_SERVICE,
        Kinds.SERVICE,
        Kinds.SERVICE_ENTRY,
        Kinds.POD,
        Kinds.NODE,
        Kinds.WORKLOAD_ENTRY);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    if (!mesh.remotes().isEmpty()) {
      return; // endpoints of other clusters serve as well
    }
    Report report = new Report(name(), findings);
    for (Resource rule : mesh.all(Kinds.DESTINATION_RULE)) {
      List<Node> subsets = Fields.items(rule.spec(), "subsets");
      Resource service = Endpoints.service(Fields.text(rule.spec(), "host"), rule, mesh);
      for (int i = 0; i < subsets.size(); i++) {
        subset(rule, subsets.get(i), Path.of("spec", "subsets", i), service, mesh, report);
      }
    }
    for (Resource virtualService : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      for (Rule rule : Rule.of(virtualService)) {
        for (int i = 0; i < rule.routes().size(); i++) {
          destination(virtualService, rule, i, mesh, report);
        }
      }
    }
  }

  private static void subset(
      Resource rule,
      Node subset,
      Path path,
      @Nullable Resource service,
      MeshView mesh,
      Report report) {
    Map<String, String> labels = Fields.map(subset, "labels");
    String name = Fields.text(subset, "name");
    if (labels.isEmpty()) {
      if (!Fields.has(subset, "trafficPolicy")) {
        report.at(rule, path.key("name"), DestinationMessage.SUBSET_WITHOUT_LABELS, name);
      }
      return;
    }
    // Behind a headless service a client picks the endpoint, whatever its labels (R-DR-28).
    if (service == null || Fields.text(service.spec(), "clusterIP").equals("None")) {
      return;
    }
    long all = Endpoints.of(service, Map.of(), mesh).all();
    Endpoints.Count own = Endpoints.of(service, labels, mesh);
    // Where no pod of any service has the labels, istioctl says so (IST0173).
    boolean somewhere = mesh.index(Pods.WITH_NODE_LABELS).matching(labels).findAny().isPresent();
    if (own.all() == 0 && all > 0 && somewhere) {
      report.at(
          rule,
          path.key("labels"),
          DestinationMessage.SUBSET_WITHOUT_ENDPOINTS,
          Bindings.nameOf(service),
          all,
          name,
          Selectors.text(labels));
    } else if (own.all() > 0 && own.ready() == 0) {
      report.at(
          rule,
          path.key("name"),
          DestinationMessage.SUBSET_WITHOUT_READY_ENDPOINTS,
          name,
          own.all());
    }
  }

  private static void destination(
      Resource virtualService, Rule rule, int index, MeshView mesh, Report report) {
    Node destination = Fields.node(rule.routes().get(index), "destination");
    String host = Fields.text(destination, "host");
    Resource service =
        host.isEmpty() || Fields.has(destination, "subset")
            ? null
            : Endpoints.service(host, virtualService, mesh);
    if (service == null) {
      return;
    }
    Endpoints.Count count = Endpoints.of(service, Map.of(), mesh);
    if (count.all() > 0 && count.ready() == 0) {
      report.at(
          virtualService,
          rule.path().key("route").index(index).key("destination").key("host"),
          DestinationMessage.SERVICE_WITHOUT_READY_ENDPOINTS,
          Bindings.nameOf(service),
          count.all());
    }
  }
}
