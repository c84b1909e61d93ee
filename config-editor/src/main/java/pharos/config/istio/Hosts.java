package pharos.config.istio;

/** Host names as Istio compares and completes them (analysis catalog 4.1 and 4.2). */
public final class Hosts {
  /** The domain of cluster services. */
  public static final String CLUSTER_SUFFIX = ".svc.cluster.local";

  private Hosts() {}

  /** A host as a full name: a name without dots is a service of the namespace. */
  public static String fullName(String host, String namespace) {
    return host.startsWith("*") || host.contains(".")
        ? host
        : host + "." + namespace + CLUSTER_SUFFIX;
  }

  /** R-NAME-2: whether two hosts, either of which may begin with {@code *}, overlap. */
  public static boolean overlap(String a, String b) {
    boolean wildA = a.startsWith("*");
    boolean wildB = b.startsWith("*");
    if (wildA && wildB) {
      String suffixA = a.substring(1);
      String suffixB = b.substring(1);
      return suffixA.length() >= suffixB.length()
          ? suffixA.endsWith(suffixB)
          : suffixB.endsWith(suffixA);
    }
    if (wildA) {
      return b.endsWith(a.substring(1));
    }
    return wildB ? a.endsWith(b.substring(1)) : a.equals(b);
  }

  /** R-NAME-3: whether every name that {@code a} stands for is one that {@code b} stands for. */
  public static boolean subsetOf(String a, String b) {
    if (!b.startsWith("*")) {
      return a.equals(b);
    }
    String suffix = b.substring(1);
    return a.startsWith("*")
        ? a.length() >= b.length() && a.substring(1).endsWith(suffix)
        : a.endsWith(suffix);
  }
}
