package pharos.config.routing.decide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.Listener.Chain;
import pharos.config.routing.effective.Listener.Protocol;

/**
 * The filter chains of a listener, ready to be asked (R-ENV-40): by destination, then by server
 * name, then by protocol; the most specific of each fixes the branch, and nothing goes back.
 */
final class ChainTable {
  /** Chains of one set of destinations by server name; the empty name is that of all others. */
  private record Branch(@Nullable Cidr destination, DomainIndex<Leaf> byName, Leaf others) {}

  /** Chains of one server name. */
  private record Leaf(List<String> names, Map<Protocol, ReadyChain> byProtocol) {
    @Nullable ReadyChain find(Connection connection) {
      ReadyChain chain = byProtocol.get(connection.protocol());
      if (chain == null && connection.protocol() == Protocol.ISTIO_MTLS) {
        chain = byProtocol.get(Protocol.TLS);
      }
      return chain == null ? byProtocol.get(Protocol.ANY) : chain;
    }
  }

  private final List<Branch> branches;
  private final @Nullable ReadyChain fallback;

  ChainTable(Listener listener, Targets targets) {
    Map<String, Map<String, Leaf>> leaves = new HashMap<>();
    for (Chain chain : listener.chains()) {
      ReadyChain one = new ReadyChain(chain, targets);
      for (String destination : orAny(chain.match().destinations())) {
        for (String name : orAny(chain.match().serverNames())) {
          String lower = name.equals("*") ? "" : name.toLowerCase(Locale.ROOT);
          leaves
              .computeIfAbsent(destination, _ -> new HashMap<>())
              .computeIfAbsent(lower, key -> new Leaf(List.of(key), new EnumMap<>(Protocol.class)))
              .byProtocol
              .putIfAbsent(chain.match().protocol(), one);
        }
      }
    }
    List<Branch> made = new ArrayList<>();
    leaves.forEach((destination, byName) -> {
      Cidr cidr = destination.isEmpty() ? null : Cidr.of(destination);
      if (cidr == null && !destination.isEmpty()) {
        return; // no address lies in what is no CIDR
      }
      Leaf others = byName.getOrDefault("", new Leaf(List.of(), Map.of()));
      List<Leaf> named =
          byName.values().stream().filter(leaf -> !leaf.names.equals(List.of(""))).toList();
      made.add(new Branch(cidr, DomainIndex.of(named, Leaf::names), others));
    });
    made.sort(
        Comparator.comparingInt(
            (Branch branch) -> branch.destination == null ? 1 : -branch.destination.length()));
    branches = List.copyOf(made);
    fallback = listener.fallback() == null ? null : new ReadyChain(listener.fallback(), targets);
  }

  private static List<String> orAny(List<String> values) {
    return values.isEmpty() ? List.of("") : values;
  }

  /** The chain that takes a connection, or null: it is closed. */
  @Nullable ReadyChain find(Connection connection) {
    Branch branch = branch(connection.address());
    if (branch == null) {
      return fallback;
    }
    DomainIndex.Hit<Leaf> hit =
        connection.serverName().isEmpty() ? null : branch.byName.find(connection.serverName());
    ReadyChain chain = (hit == null ? branch.others : hit.host()).find(connection);
    return chain == null ? fallback : chain;
  }

  private @Nullable Branch branch(@Nullable String address) {
    for (Branch branch : branches) {
      if (branch.destination == null || branch.destination.contains(address)) {
        return branch;
      }
    }
    return null;
  }
}
