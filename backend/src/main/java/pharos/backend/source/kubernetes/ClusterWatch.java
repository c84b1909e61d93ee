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

/** All kinds that are followed, and what is known of them at the moment. */
final class ClusterWatch {
  /** Lists that run at once, so that a returning API server is not met by all of them. */
  private static final int LISTS_AT_ONCE = 2;

  private final KubernetesClient client;
  private final KubernetesSettings settings;
  private final Clock clock;
  private final Runnable onChange;
  private final Semaphore lists = new Semaphore(LISTS_AT_ONCE, true);
  private final Map<WatchedKind, Reflector<MeshObject>> whole = new LinkedHashMap<>();
  private final List<Reflector<WorkloadRecord>> workloads = new ArrayList<>();
  private final Reflector<PodRecord> pods;
  private final List<Reflector<?>> all = new ArrayList<>();

  ClusterWatch(
      KubernetesClient client, KubernetesSettings settings, Clock clock, Runnable onChange) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
    this.onChange = onChange;
    this.pods = reflector(WatchedKind.POD, PodRecord::of);
    for (WatchedKind kind : WatchedKind.WORKLOADS) {
      workloads.add(reflector(kind, object -> WorkloadRecord.of(kind.kind(), object)));
    }
    for (WatchedKind kind : WatchedKind.ALL) {
      if (!kind.equals(WatchedKind.POD) && !WatchedKind.WORKLOADS.contains(kind)) {
        whole.put(kind, reflector(kind, object -> MeshObject.of(kind.kind(), object)));
      }
    }
  }

  void start() {
    all.forEach(Reflector::start);
  }

  void close() {
    all.forEach(Reflector::close);
  }

  Map<WatchedKind, KindState> states() {
    Map<WatchedKind, KindState> states = new LinkedHashMap<>();
    all.forEach(reflector -> states.put(reflector.kind(), reflector.state()));
    return states;
  }

  /** Whether every kind has been listed or has said why not. */
  boolean settled() {
    return all.stream().allMatch(reflector -> reflector.state().settled());
  }

  /** Whether the essential kinds have been listed at least once. */
  boolean known() {
    return all.stream()
        .filter(reflector -> WatchedKind.ESSENTIAL.contains(reflector.kind()))
        .anyMatch(reflector -> reflector.relists() > 0);
  }

  int relists() {
    return all.stream().mapToInt(Reflector::relists).sum();
  }

  Collection<PodRecord> pods() {
    return pods.objects().values();
  }

  ClusterView view() {
    List<WorkloadRecord> owners = new ArrayList<>();
    workloads.forEach(reflector -> owners.addAll(reflector.objects().values()));
    Map<WatchedKind, Collection<MeshObject>> config = new HashMap<>();
    whole.forEach((kind, reflector) -> config.put(kind, reflector.objects().values()));
    return new ClusterView(
        config.getOrDefault(WatchedKind.NAMESPACE, List.of()),
        config.getOrDefault(WatchedKind.SERVICE, List.of()),
        pods(),
        owners,
        config);
  }

  private <T> Reflector<T> reflector(WatchedKind kind, Function<JsonNode, T> reduction) {
    Function<GenericKubernetesResource, T> reduce =
        object ->
            reduction.apply(
                client.getKubernetesSerialization().convertValue(object, JsonNode.class));
    Reflector<T> reflector =
        new Reflector<>(client, kind, reduce, settings, clock, lists, onChange);
    all.add(reflector);
    return reflector;
  }
}
