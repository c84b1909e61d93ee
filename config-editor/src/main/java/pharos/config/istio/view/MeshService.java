package pharos.config.istio.view;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.resource.ResourceKey;

/**
 * One host of the service registry: a Kubernetes Service, or one host of a ServiceEntry. Equal
 * hosts may exist in several namespaces.
 *
 * @param key of the Service or ServiceEntry
 * @param host full name, for example {@code reviews.bookinfo.svc.cluster.local}
 * @param created as {@link VirtualService#created()}
 * @param addresses that clients dial, IPs or CIDRs; empty for none, as for headless services and
 *     ServiceEntries without addresses
 * @param alias for a Kubernetes ExternalName Service the host it stands for, else empty (R-OB-26)
 * @param exportTo resolved scopes: {@code *}, {@code ~} or namespaces (R-VIS-5)
 * @param labels of the object's metadata
 * @param selector labels of its pods; empty for none
 */
public record MeshService(
    ResourceKey key,
    String host,
    long created,
    Registry registry,
    Resolution resolution,
    List<Port> ports,
    List<String> addresses,
    String alias,
    Set<String> exportTo,
    boolean meshExternal,
    Map<String, String> labels,
    Map<String, String> selector) {
  public MeshService {
    ports = List.copyOf(ports);
    addresses = List.copyOf(addresses);
    exportTo = Set.copyOf(exportTo);
    labels = Map.copyOf(labels);
    selector = Map.copyOf(selector);
  }

  /** Where it was registered; a Kubernetes Service beats a ServiceEntry (R-VIS-7). */
  public enum Registry {
    KUBERNETES,
    SERVICE_ENTRY
  }

  /** How endpoints are found (R-OB-32). */
  public enum Resolution {
    /** Endpoints of pods, or listed addresses: EDS. */
    CLIENT_SIDE,
    /** STRICT_DNS. */
    DNS,
    /** LOGICAL_DNS. */
    DNS_ROUND_ROBIN,
    /** Headless, or ServiceEntry NONE: the address that the client dialled. */
    PASSTHROUGH,
    /** Wildcard host, resolved by name per request. */
    DYNAMIC_DNS
  }

  /**
   * A service port.
   *
   * @param targetPort number, name, or empty for the same number
   * @param protocol {@link PortProtocol#UNSUPPORTED} means: sniffed
   */
  public record Port(int number, String name, PortProtocol protocol, String targetPort) {}

  /** Namespace of the object. */
  public String namespace() {
    return key.namespace();
  }

  /** Whether it is a Kubernetes Service without an address of its own. */
  public boolean headless() {
    return registry == Registry.KUBERNETES
        && resolution == Resolution.PASSTHROUGH
        && alias.isEmpty();
  }

  /** R-OB-31: whether clients of a port dial endpoints and have a listener for each of them. */
  public boolean listensPerEndpoint(Port port) {
    return resolution == Resolution.PASSTHROUGH
        && addresses.isEmpty()
        && (port.protocol().isTcp() || port.protocol() == PortProtocol.UNSUPPORTED);
  }

  /** The port of a number, or null. */
  public @Nullable Port port(int number) {
    for (Port port : ports) {
      if (port.number() == number) {
        return port;
      }
    }
    return null;
  }

  /** The same service with some of its ports only. */
  public MeshService withPorts(List<Port> some) {
    return new MeshService(
        key,
        host,
        created,
        registry,
        resolution,
        some,
        addresses,
        alias,
        exportTo,
        meshExternal,
        labels,
        selector);
  }
}
