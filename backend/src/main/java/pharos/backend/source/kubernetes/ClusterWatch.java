package pharos.backend.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import pharos.config.resource.Resource;

/**
 * All kinds that are followed, and what is known of them at the moment: reduced for the inventory,
 * as trees for checks. Each kind is followed once, for both.
 */
final class ClusterWatch {
  /** Lists that run at once, so that a returning API server is not met by all of them. */
  private static final int LISTS_AT_ONCE = 2;

  private final KubernetesClient client;
  private final KubernetesSettings settings;
  private final Clock clock;
  private final Runnable onInventory;
  private final Runnable onAny;
  private final Semaphore lists = new Semaphore(LISTS_AT_ONCE, true);
  private final Map<WatchedKind, Reflector<Kept<MeshObject>>> whole = new LinkedHashMap<>();
  private final List<Reflector<Kept<WorkloadRecord>>> workloads = new ArrayList<>();
  private final Reflector<Kept<PodRecord>> pods;
  private final List<Reflector<? extends Kept<?>>> inventory = new ArrayList<>();
  private final List<Reflector<? extends Kept<?>>> all = new ArrayList<>();

  /**
   * What is kept of an object.
   *
   * @param record what the inventory reads
   * @param resource what checks and pages read
   */
  private record Kept<T>(T record, Resource resource) {}

  /**
   * @param onInventory runs after changes of what the inventory reads
   * @param onAny runs after any change
   */
  ClusterWatch(
      KubernetesClient client,
      KubernetesSettings settings,
      Clock clock,
      Runnable onInventory,
      Runnable onAny) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
    this.onInventory = onInventory;
    this.onAny = onAny;
    this.pods = forInventory(WatchedKind.POD, PodRecord::of);
    for (WatchedKind kind : WatchedKind.WORKLOADS) {
      workloads.add(forInventory(kind, object -> WorkloadRecord.of(kind.kind(), object)));
    }
    for (WatchedKind kind : WatchedKind.ALL) {
      if (!kind.equals(WatchedKind.POD) && !WatchedKind.WORKLOADS.contains(kind)) {
        whole.put(kind, forInventory(kind, object -> MeshObject.of(kind.kind(), object)));
      }
    }
    all.addAll(inventory);
    for (WatchedKind kind : WatchedKind.forChecks(settings.rootNamespace())) {
      all.add(reflector(kind, _ -> kind, onAny));
    }
  }

  void start() {
    all.forEach(Reflector::start);
  }

  void close() {
    all.forEach(Reflector::close);
  }

  /** How the kinds of the inventory are followed. */
  Map<WatchedKind, KindState> states() {
    return states(inventory);
  }

  /** How all kinds are followed, those that only checks read too. */
  Map<WatchedKind, KindState> allStates() {
    return states(all);
  }

  private static Map<WatchedKind, KindState> states(List<Reflector<? extends Kept<?>>> of) {
    Map<WatchedKind, KindState> states = new LinkedHashMap<>();
    of.forEach(reflector -> states.put(reflector.kind(), reflector.state()));
    return states;
  }

  /** Whether every kind of the inventory has been listed or has said why not. */
  boolean settled() {
    return inventory.stream().allMatch(reflector -> reflector.state().settled());
  }

  /** Whether every kind has been listed or has said why not. */
  boolean allSettled() {
    return all.stream().allMatch(reflector -> reflector.state().settled());
  }

  /** Whether the essential kinds have been listed at least once. */
  boolean known() {
    return all.stream()
        .filter(reflector -> WatchedKind.ESSENTIAL.contains(reflector.kind()))
        .anyMatch(reflector -> reflector.relists() > 0);
  }

  /** Kinds of which nothing was ever listed although the cluster serves them. */
  Map<WatchedKind, KindState> unlisted() {
    Map<WatchedKind, KindState> unlisted = new LinkedHashMap<>();
    for (Reflector<? extends Kept<?>> reflector : all) {
      KindState state = reflector.state();
      if (reflector.relists() == 0 && state.phase() != KindState.Phase.MISSING) {
        unlisted.put(reflector.kind(), state);
      }
    }
    return unlisted;
  }

  int relists() {
    return inventory.stream().mapToInt(Reflector::relists).sum();
  }

  Collection<PodRecord> pods() {
    return records(pods);
  }

  ClusterView view() {
    List<WorkloadRecord> owners = new ArrayList<>();
    workloads.forEach(reflector -> owners.addAll(records(reflector)));
    Map<WatchedKind, Collection<MeshObject>> config = new HashMap<>();
    whole.forEach((kind, reflector) -> config.put(kind, records(reflector)));
    return new ClusterView(
        config.getOrDefault(WatchedKind.NAMESPACE, List.of()),
        config.getOrDefault(WatchedKind.SERVICE, List.of()),
        pods(),
        owners,
        config);
  }

  private static <T> List<T> records(Reflector<Kept<T>> reflector) {
    List<T> records = new ArrayList<>();
    reflector.objects().values().forEach(kept -> records.add(kept.record()));
    return records;
  }

  /** Every object of every kind, in no order. An object that did not change is the same one. */
  List<Resource> resources() {
    List<Resource> resources = new ArrayList<>();
    for (Reflector<? extends Kept<?>> reflector : all) {
      reflector.objects().values().forEach(kept -> resources.add(kept.resource()));
    }
    return resources;
  }

  private <T> Reflector<Kept<T>> forInventory(WatchedKind kind, Function<JsonNode, T> reduction) {
    Reflector<Kept<T>> reflector =
        reflector(
            kind,
            reduction,
            () -> {
              onInventory.run();
              onAny.run();
            });
    inventory.add(reflector);
    return reflector;
  }

  private <T> Reflector<Kept<T>> reflector(
      WatchedKind kind, Function<JsonNode, T> reduction, Runnable onChange) {
    Function<GenericKubernetesResource, Kept<T>> keep =
        object -> {
          JsonNode json = client.getKubernetesSerialization().convertValue(object, JsonNode.class);
          return new Kept<>(reduction.apply(json), ResourceTrees.of(kind, json));
        };
    return new Reflector<>(client, kind, keep, settings, clock, lists, onChange);
  }
}
