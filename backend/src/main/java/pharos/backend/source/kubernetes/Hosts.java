package pharos.backend.source.kubernetes;

/** Host names as Istio resolves and matches them. */
final class Hosts {
  private static final String SUFFIX = ".svc.cluster.local";

  private Hosts() {}

  /** The full name of a service's host. */
  static String of(String namespace, String service) {
    return service + "." + namespace + SUFFIX;
  }

  /**
   * A name without a dot belongs to the namespace of the object that says it; any other name is
   * full already, {@code reviews.bookinfo} included.
   */
  static String resolve(String host, String namespace) {
    return host.isEmpty() || host.indexOf('.') >= 0 || host.startsWith("*")
        ? host
        : of(namespace, host);
  }

  /** {@code *} matches all, {@code *.x} all that end in {@code .x}. */
  static boolean matches(String pattern, String host) {
    return pattern.startsWith("*")
        ? host.length() > pattern.length() - 1 && host.endsWith(pattern.substring(1))
        : pattern.equals(host);
  }
}
