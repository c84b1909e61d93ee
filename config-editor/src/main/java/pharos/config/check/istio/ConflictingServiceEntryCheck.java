package pharos.config.check.istio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.Visibility;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.ResourceKey.Kind;

/** ServiceEntries that disagree about the protocol of one host and port (catalog 5.26). */
final class ConflictingServiceEntryCheck implements Check {
  @Override
  public String name() {
    return "serviceentry.ConflictingServiceEntryProtocolAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.SERVICE_ENTRY);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    Map<Endpoint, List<Claim>> claims = new TreeMap<>();
    for (Resource entry : mesh.all(Kinds.SERVICE_ENTRY)) {
      Set<String> scopes =
          Visibility.scopes(Fields.texts(entry.spec(), "exportTo"), entry.key().namespace());
      List<Node> ports = Fields.items(entry.spec(), "ports");
      for (String host : Fields.texts(entry.spec(), "hosts")) {
        for (int i = 0; i < ports.size(); i++) {
          String protocol = Fields.text(ports.get(i), "protocol").toUpperCase(Locale.ROOT);
          for (String scope : scopes) {
            claims
                .computeIfAbsent(
                    new Endpoint(scope, host, Fields.number(ports.get(i), "number")),
                    _ -> new ArrayList<>())
                .add(new Claim(entry, i, protocol));
          }
        }
      }
    }
    Set<ResourceKey> reported = new HashSet<>();
    claims.forEach((endpoint, own) -> check(endpoint, own, claims, reported, report));
  }

  private record Endpoint(String scope, String host, long port) implements Comparable<Endpoint> {
    @Override
    public int compareTo(Endpoint other) {
      return Comparator.comparing(Endpoint::scope)
          .thenComparing(Endpoint::host)
          .thenComparingLong(Endpoint::port)
          .compare(this, other);
    }
  }

  private record Claim(Resource entry, int port, String protocol) {}

  private void check(
      Endpoint endpoint,
      List<Claim> own,
      Map<Endpoint, List<Claim>> claims,
      Set<ResourceKey> reported,
      Consumer<Finding> report) {
    List<Claim> all = new ArrayList<>(own);
    if (!endpoint.scope().equals(Visibility.EVERYWHERE)) {
      all.addAll(
          claims.getOrDefault(
              new Endpoint(Visibility.EVERYWHERE, endpoint.host(), endpoint.port()), List.of()));
    }
    TreeSet<String> protocols = new TreeSet<>();
    TreeSet<String> names = new TreeSet<>();
    for (Claim claim : all) {
      protocols.add(claim.protocol());
      names.add(claim.entry().key().namespace() + "/" + claim.entry().key().name());
    }
    if (protocols.size() < 2) {
      return;
    }
    for (Claim claim : all) {
      if (reported.add(claim.entry().key())) {
        report.accept(
            Finding.at(
                claim.entry(),
                Path.of("spec", "ports", claim.port()),
                name(),
                IstioMessage.CONFLICTING_SERVICE_ENTRY_PROTOCOL,
                String.join(", ", names),
                endpoint.host(),
                endpoint.port(),
                String.join(", ", protocols)));
      }
    }
  }
}
