package pharos.config.check.traffic.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.Visibility;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Bindings;

/** Two ServiceEntries for one host and port of one protocol (R-SC-11). */
final class DuplicateServiceEntryCheck implements Check {
  @Override
  public String name() {
    return "traffic.DuplicateServiceEntryCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.SERVICE_ENTRY);
  }

  private record Address(String host, long port) {}

  private record Claim(Resource entry, int port, String protocol) {}

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Map<Address, List<Claim>> claims = new LinkedHashMap<>();
    for (Resource entry : mesh.all(Kinds.SERVICE_ENTRY)) {
      List<Node> ports = Fields.items(entry.spec(), "ports");
      for (String host : new LinkedHashSet<>(Fields.texts(entry.spec(), "hosts"))) {
        for (int i = 0; i < ports.size(); i++) {
          String protocol = Fields.text(ports.get(i), "protocol").toUpperCase(Locale.ROOT);
          claims
              .computeIfAbsent(
                  new Address(host.toLowerCase(Locale.ROOT), Fields.number(ports.get(i), "number")),
                  _ -> new ArrayList<>())
              .add(new Claim(entry, i, protocol));
        }
      }
    }
    Report report = new Report(name(), findings);
    claims.forEach((address, list) -> {
      // Different protocols are istioctl's finding (IST0177).
      if (list.size() > 1 && list.stream().map(Claim::protocol).distinct().count() == 1) {
        list.sort(Comparator.comparing(Claim::entry, CreationTimes.ORDER));
        Claim first = list.getFirst();
        for (Claim claim : list.subList(1, list.size())) {
          if (claim.entry() != first.entry() && meet(claim.entry(), first.entry())) {
            report.at(
                claim.entry(),
                Path.of("spec", "ports", claim.port(), "number"),
                GatewayMessage.DUPLICATE_SERVICE_ENTRY,
                Bindings.nameOf(first.entry()),
                address.host(),
                address.port());
          }
        }
      }
    });
  }

  private static boolean meet(Resource a, Resource b) {
    Set<String> one = Visibility.scopes(Fields.texts(a.spec(), "exportTo"), a.key().namespace());
    Set<String> other = Visibility.scopes(Fields.texts(b.spec(), "exportTo"), b.key().namespace());
    return one.contains(Visibility.EVERYWHERE)
        || other.contains(Visibility.EVERYWHERE)
        || one.stream().anyMatch(other::contains);
  }
}
