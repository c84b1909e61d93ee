package pharos.config.istio;

/** A reference by {@code name} or {@code namespace/name} (analysis catalog 4.1). */
public record NameReference(String namespace, String name) {

  /** Reads a reference; without a namespace it means the one given. */
  public static NameReference of(String text, String namespace) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new NameReference(namespace, text)
        : new NameReference(text.substring(0, slash), text.substring(slash + 1));
  }

  /**
   * The service that a host names: {@code name.namespace.svc.cluster.local} is taken apart,
   * anything else is a name in the namespace.
   */
  public static NameReference ofHost(String host, String namespace) {
    if (host.endsWith(Hosts.CLUSTER_SUFFIX)) {
      String head = host.substring(0, host.length() - Hosts.CLUSTER_SUFFIX.length());
      int dot = head.lastIndexOf('.');
      if (dot > 0 && dot < head.length() - 1) {
        return new NameReference(head.substring(dot + 1), head.substring(0, dot));
      }
    }
    return new NameReference(namespace, host);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
