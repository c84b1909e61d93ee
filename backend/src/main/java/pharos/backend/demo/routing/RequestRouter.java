package pharos.backend.demo.routing;

/** Decides like the proxies of the mesh, for one fixed set of objects. */
@FunctionalInterface
public interface RequestRouter {
  /** The same request gives the same decision; chances are left to the caller as percentages. */
  RouteDecision route(RouteRequest request);
}
