package pharos.backend.traces;

/** What a pod's name says about its workload, for pods that the cluster has forgotten. */
public final class PodNames {
  /** Letters that Kubernetes puts into the hash of a pod template. */
  private static final String TEMPLATE_HASH = "bcdfghjklmnpqrstvwxz2456789";

  private PodNames() {}

  /** Takes off the pod's own suffix, then the hash of its template where there is one. */
  public static String workload(String pod) {
    int dash = pod.lastIndexOf('-');
    String owner = dash > 0 ? pod.substring(0, dash) : pod;
    int hashDash = owner.lastIndexOf('-');
    if (hashDash <= 0) {
      return owner;
    }
    String hash = owner.substring(hashDash + 1);
    boolean template =
        hash.length() >= 6
            && hash.length() <= 16
            && hash.chars().allMatch(c -> TEMPLATE_HASH.indexOf(c) >= 0);
    return template ? owner.substring(0, hashDash) : owner;
  }
}
