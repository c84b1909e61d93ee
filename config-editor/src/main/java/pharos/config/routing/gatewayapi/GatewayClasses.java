package pharos.config.routing.gatewayapi;

import java.util.Map;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/** Which controller a GatewayClass names (R-GWAPI-1). */
public final class GatewayClasses {
  /** Gateways for traffic into and out of the mesh. */
  public static final String GATEWAY = "istio.io/gateway-controller";

  /** Waypoints (section 10). */
  public static final String WAYPOINT = "istio.io/mesh-controller";

  /** Istio's own classes exist without an object. */
  private static final Map<String, String> BUILT_IN =
      Map.of(
          "istio",
          GATEWAY,
          "istio-remote",
          "istio.io/unmanaged-gateway",
          "istio-waypoint",
          WAYPOINT,
          "istio-east-west",
          "istio.io/eastwest-controller");

  private GatewayClasses() {}

  /** The controller of a class by its name; empty when there is no such class. */
  public static String controller(Snapshot resources, String className) {
    Resource written = resources.get(new ResourceKey(Kinds.GATEWAY_CLASS, "", className));
    return written == null
        ? BUILT_IN.getOrDefault(className, "")
        : Fields.text(written.spec(), "controllerName");
  }
}
