package pharos.backend.demo.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A pod of the mesh: the name and address that metrics, spans and Kubernetes objects agree on.
 *
 * @param ordinal of this pod within its workload
 * @param address in 127/8, which is loopback on Linux without any set-up, so that every pod can
 *     have a real endpoint of its own
 * @param templateHash of the ReplicaSet; empty for a stateful set
 */
public record PodFact(
    Workload workload, int ordinal, String name, String address, String templateHash) {
  /** The letters and digits that Kubernetes generates names from. */
  private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";

  private static final int HOSTS_PER_NET = 250;

  /** All pods of these workloads; the same workloads give the same pods. */
  public static List<PodFact> of(List<Workload> workloads) {
    var pods = new ArrayList<PodFact>();
    for (Workload workload : workloads) {
      var letters = new Random((workload.namespace() + "/" + workload.name()).hashCode());
      boolean stateful = workload.kind() == Workload.Kind.STATEFUL_SET;
      String hash = stateful ? "" : draw(letters, 10);
      for (int ordinal = 0; ordinal < workload.replicas(); ordinal++) {
        int number = pods.size();
        String address =
            "127.%d.%d.%d"
                .formatted(
                    20 + number / (HOSTS_PER_NET * HOSTS_PER_NET),
                    1 + number / HOSTS_PER_NET % HOSTS_PER_NET,
                    1 + number % HOSTS_PER_NET);
        String name =
            stateful
                ? workload.name() + "-" + ordinal
                : workload.name() + "-" + hash + "-" + draw(letters, 5);
        pods.add(new PodFact(workload, ordinal, name, address, hash));
      }
    }
    return pods;
  }

  private static String draw(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(SAFE.charAt(random.nextInt(SAFE.length())));
    }
    return text.toString();
  }
}
