package pharos.config.routing.compile;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Ignored;

/** What DestinationRules say to a proxy, as far as listeners and routes need it (section 7). */
public interface DestinationPolicies {
  /** The clusters of a proxy that has these services in scope (R-OB-42). */
  EffectiveConfig.Clusters clusters(Proxy proxy, ServicesInScope services);

  /**
   * Consistent-hash keys of a destination for people, for example {@code header x-user} (R-HTTP-93,
   * R-HTTP-94); empty for none.
   *
   * @param subset empty for none
   * @param port as the destination names it; 0 when it names none
   */
  List<String> hashKeys(Proxy proxy, MeshService service, String subset, int port);

  /** Names of the subsets that the proxy's rule for a service defines, in order (R-GW-29). */
  List<String> subsets(Proxy proxy, MeshService service);

  /** Labels of proxies that decide which rule or priority applies to them. */
  Set<String> proxyLabels();

  /**
   * DestinationRules, and parts of them, that say nothing to a proxy whatever it calls, and why.
   * What says nothing about one host alone stands in its clusters' policies.
   */
  default List<Ignored> ignored(Proxy proxy, ServicesInScope services) {
    return List.of();
  }

  /** The services that a proxy knows (R-SC-1 to R-SC-15). */
  interface ServicesInScope {
    /** In scope order; ports that the proxy may not use are left out (R-SC-7, R-SC-13). */
    List<MeshService> all();

    /** The one of a host, or null. */
    @Nullable MeshService find(String host);
  }
}
