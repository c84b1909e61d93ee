package pharos.config.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/** Every reference of a snapshot, by who names and by what is named. */
public final class References {
  private final Map<ResourceKey, List<Reference>> from = new HashMap<>();
  private final Map<ResourceKey, List<Reference>> to = new HashMap<>();

  private References() {}

  /**
   * Reads all references.
   *
   * @param rootNamespace objects in it select workloads of all namespaces
   */
  public static References of(Snapshot resources, String rootNamespace) {
    References all = new References();
    Targets targets = new Targets(resources, rootNamespace);
    for (Resource resource : resources.all()) {
      List<Reference> read = of(resource, targets);
      if (!read.isEmpty()) {
        all.from.put(resource.key(), List.copyOf(read));
      }
    }
    all.from
        .values()
        .forEach(references ->
            references.forEach(reference -> {
              Set<ResourceKey> once = new HashSet<>(reference.to());
              once.remove(reference.from());
              once.forEach(
                  key -> all.to.computeIfAbsent(key, _ -> new ArrayList<>()).add(reference));
            }));
    Comparator<Reference> order =
        Comparator.comparing(Reference::from)
            .thenComparing(Reference::role)
            .thenComparing(Reference::text);
    all.to.values().forEach(references -> references.sort(order));
    return all;
  }

  private static List<Reference> of(Resource resource, Targets targets) {
    ReferenceReader reader = new ReferenceReader(resource, targets);
    switch (resource.key().kind().group()) {
      case "networking.istio.io" -> NetworkingReferences.read(reader);
      case "security.istio.io", "telemetry.istio.io", "extensions.istio.io" ->
          PolicyReferences.read(reader);
      case "gateway.networking.k8s.io" -> GatewayApiReferences.read(reader);
      case "", "networking.k8s.io" -> KubernetesReferences.read(reader);
      default -> {
        // Other groups name nothing that matters to the mesh.
      }
    }
    return reader.found();
  }

  /** What an object names, in the order of its text. */
  public List<Reference> from(ResourceKey key) {
    return from.getOrDefault(key, List.of());
  }

  /** Where an object is named, by who names it. */
  public List<Reference> to(ResourceKey key) {
    return to.getOrDefault(key, List.of());
  }
}
