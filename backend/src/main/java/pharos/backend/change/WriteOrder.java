package pharos.backend.change;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Place;
import pharos.config.resource.ResourceKey;

/**
 * Make before break: what routes point to is written before the routes, and goes after them. A
 * DestinationRule that both brings subsets and takes some away is written twice, so that at every
 * moment each subset that a route names exists.
 */
final class WriteOrder {
  /** Destinations first, then doors, then routes; everything else between. */
  private static final Map<ResourceKey.Kind, Integer> RANK =
      Map.of(
          Kinds.SERVICE_ENTRY, 0,
          Kinds.WORKLOAD_ENTRY, 0,
          Kinds.DESTINATION_RULE, 1,
          Kinds.GATEWAY, 3,
          Kinds.K8S_GATEWAY, 3,
          Kinds.VIRTUAL_SERVICE, 4,
          Kinds.HTTP_ROUTE, 4,
          Kinds.GRPC_ROUTE, 4,
          Kinds.TCP_ROUTE, 4,
          Kinds.TLS_ROUTE, 4);

  private static final int BETWEEN = 2;

  private WriteOrder() {}

  /**
   * One object and where it goes.
   *
   * @param before null when it is created
   * @param after null when it is deleted
   */
  record Proposed(
      ResourceKey key,
      String version,
      Node.@Nullable Mapping before,
      Node.@Nullable Mapping after) {}

  /** Routes are what has to wait until its destinations are known to the proxies, and back. */
  static boolean isRoute(ResourceKey key) {
    return rank(key) == 4;
  }

  static List<Proposed> of(List<Proposed> proposed) {
    boolean routes = proposed.stream().anyMatch(one -> isRoute(one.key()));
    List<Proposed> first = new ArrayList<>();
    List<Proposed> last = new ArrayList<>();
    for (Proposed one : proposed) {
      Node.Mapping union = routes ? union(one) : null;
      if (one.after() == null) {
        last.add(one);
      } else if (union == null) {
        first.add(one);
      } else {
        first.add(new Proposed(one.key(), one.version(), one.before(), union));
        last.add(new Proposed(one.key(), one.version(), union, one.after()));
      }
    }
    Comparator<Proposed> order =
        Comparator.comparingInt((Proposed one) -> rank(one.key())).thenComparing(Proposed::key);
    first.sort(order);
    last.sort(order.reversed());
    first.addAll(last);
    return first;
  }

  private static int rank(ResourceKey key) {
    return RANK.getOrDefault(key.kind(), BETWEEN);
  }

  /** The new rule with the subsets that it takes away; null when it takes none away. */
  private static Node.@Nullable Mapping union(Proposed one) {
    if (!one.key().kind().equals(Kinds.DESTINATION_RULE)
        || one.before() == null
        || one.after() == null) {
      return null;
    }
    List<Node> subsets = new ArrayList<>(Fields.items(one.after(), "spec", "subsets"));
    Set<String> names = new HashSet<>();
    subsets.forEach(subset -> names.add(Fields.text(subset, "name")));
    Set<Node> gone = new LinkedHashSet<>();
    for (Node subset : Fields.items(one.before(), "spec", "subsets")) {
      if (!names.contains(Fields.text(subset, "name"))) {
        gone.add(subset);
      }
    }
    if (gone.isEmpty() || !(one.after().value("spec") instanceof Node.Mapping spec)) {
      return null;
    }
    subsets.addAll(gone);
    return Images.with(
        one.after(),
        "spec",
        Images.with(spec, "subsets", new Node.Sequence(subsets, Place.START, Place.START)));
  }
}
