package pharos.backend.demo.simulation;

/**
 * The service that a request asked for, as metric labels name it. Compared by identity: there is
 * one per host.
 */
final class ServiceRef {
  private final String host;
  private final String name;
  private final String namespace;

  ServiceRef(String host, String name, String namespace) {
    this.host = host;
    this.name = name;
    this.namespace = namespace;
  }

  String host() {
    return host;
  }

  /** The labels; each ends with a comma. */
  String labels() {
    var text = new StringBuilder();
    Peer.label(text, "destination_service", host);
    Peer.label(text, "destination_service_name", name);
    Peer.label(text, "destination_service_namespace", namespace);
    return text.toString();
  }
}
