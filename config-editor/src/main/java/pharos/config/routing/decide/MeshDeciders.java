package pharos.config.routing.decide;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import pharos.config.istio.MeshConfig;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.MeshRouting;
import pharos.config.routing.compile.gateway.ListeningPorts;
import pharos.config.routing.effective.EffectiveConfig;

/**
 * The deciders of a mesh's proxies; proxies that are told the same share one. Safe for use by
 * several threads.
 */
public final class MeshDeciders {
  private final MeshRouting routing;
  private final MeshConfig mesh;
  private final Map<EffectiveConfig, Decider> made = new ConcurrentHashMap<>();

  /** Deciders of a mesh. */
  public MeshDeciders(MeshRouting routing, MeshConfig mesh) {
    this.routing = routing;
    this.mesh = mesh;
  }

  /** The decider of a proxy. */
  public Decider of(Proxy proxy) {
    EffectiveConfig config = routing.effective(proxy);
    Decider known = made.get(config);
    return known == null ? made.computeIfAbsent(config, this::make) : known;
  }

  private Decider make(EffectiveConfig config) {
    IntUnaryOperator ports =
        config.proxy().kind() == Proxy.Kind.GATEWAY
            ? new ListeningPorts(config.proxy(), routing.services())::of
            : IntUnaryOperator.identity();
    return new Decider(config, mesh.pathNormalization(), ports);
  }
}
