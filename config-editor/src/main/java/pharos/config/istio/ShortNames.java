package pharos.config.istio;

/** What names mean that leave something out (section 1.2 of the routing semantics). */
public final class ShortNames {
  private static final String MESH = "mesh";

  private ShortNames() {}

  /**
   * R-NAME-10, R-NAME-11: a host without a dot is a service of the namespace that the object which
   * names it lives in. {@code reviews.prod} has a dot, so nothing expands it.
   */
  public static String host(String host, String namespace, MeshConfig mesh) {
    // A colon: no host name has one, an IPv6 address without dots does.
    return host.isEmpty() || host.equals("*") || host.contains(".") || host.contains(":")
        ? host
        : host + "." + namespace + ".svc." + mesh.clusterDomain();
  }

  /** R-NAME-15: {@code mesh}, or {@code namespace/name} of a Gateway. */
  public static String gateway(String reference, String namespace) {
    if (reference.equals(MESH)) {
      return MESH;
    }
    if (reference.contains("/")) {
      return reference.startsWith("./") ? namespace + reference.substring(1) : reference;
    }
    int dot = reference.indexOf('.');
    if (dot < 0) {
      return namespace + "/" + reference;
    }
    String rest = reference.substring(dot + 1);
    int end = rest.indexOf('.');
    return (end < 0 ? rest : rest.substring(0, end)) + "/" + reference.substring(0, dot);
  }
}
