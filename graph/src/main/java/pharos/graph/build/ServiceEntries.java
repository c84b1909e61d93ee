package pharos.graph.build;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.graph.Node;
import pharos.graph.NodeFlag;
import pharos.graph.sample.Inventory.ServiceEntryFact;

/**
 * Finds the ServiceEntry that declares a host. One entry may declare several hosts, which are then
 * one node; there is one such node per namespace that uses it (reference §3.4, serviceEntry).
 */
final class ServiceEntries {
  private final List<ServiceEntryFact> entries;
  private final NodeNames names;
  private final Map<String, List<ServiceEntryFact>> byHost = new HashMap<>();

  ServiceEntries(List<ServiceEntryFact> facts, NodeNames names) {
    this.names = names;
    this.entries =
        facts.stream()
            .sorted(
                Comparator.comparing(ServiceEntryFact::namespace)
                    .thenComparing(ServiceEntryFact::name))
            .toList();
    for (ServiceEntryFact fact : entries) {
      for (String host : new TreeSet<>(fact.hosts())) {
        file(host, fact);
        int dot = host.indexOf('.');
        if (fact.internal() && dot > 0 && !isGlobal(host)) {
          file(host.substring(0, dot), fact);
        }
      }
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  private void file(String host, ServiceEntryFact fact) {
    byHost.computeIfAbsent(host, key -> new ArrayList<>(1)).add(fact);
  }

  /** {@code service.namespace.global} of the old way to join clusters: matched whole only. */
  private static boolean isGlobal(String host) {
    return host.endsWith(".global") && host.chars().filter(c -> c == '.').count() == 2;
  }

  /** The node of the entry that {@code namespace} sees for this service; null for none. */
  @Nullable NodeDraft entryFor(NodeDraft service, String namespace) {
    ServiceEntryFact found = null;
    for (ServiceEntryFact fact : byHost.getOrDefault(service.service, List.of())) {
      if (isVisible(fact, namespace)
          && declares(fact, service)
          && (found == null || fact.namespace().equals(namespace))) {
        found = fact;
      }
    }
    if (found == null) {
      return null;
    }
    NodeDraft node = names.service(service.cluster, namespace, found.name());
    node.entry = new Node.Entry(found.namespace(), found.name(), found.hosts(), found.internal());
    node.flags.add(NodeFlag.SERVICE_ENTRY);
    node.hosts.addAll(found.hosts());
    node.asked.addAll(service.asked);
    return node;
  }

  /** A host {@code reviews.shop.svc…} does not declare the service {@code reviews} elsewhere. */
  private static boolean declares(ServiceEntryFact fact, NodeDraft service) {
    return fact.hosts().stream()
        .anyMatch(host ->
            host.equals(service.service)
                || (host.startsWith(service.service + '.')
                    && (!host.contains(".svc.")
                        || host.startsWith(service.service + '.' + service.namespace + ".svc."))));
  }

  private static boolean isVisible(ServiceEntryFact fact, String namespace) {
    return fact.exportTo().isEmpty()
        || fact.exportTo().contains("*")
        || fact.exportTo().contains(namespace)
        || (fact.exportTo().contains(".") && fact.namespace().equals(namespace));
  }
}
