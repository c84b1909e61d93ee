package pharos.config.routing.compile.scope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.HostNames;
import pharos.config.istio.Hosts;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.VirtualService;
import pharos.config.istio.view.VirtualService.Dialect;

/** The {@code hosts} of an egress listener (R-SC-5). */
final class ImportedHosts {
  private static final String ANY_NAMESPACE = "*";

  private final Map<String, Names> imports = new HashMap<>();
  private final Map<String, Names> exclusions = new HashMap<>();

  /** Hosts that are listed for a namespace. */
  private static final class Names {
    private final Set<String> exact = new HashSet<>();
    private final List<String> wildcards = new ArrayList<>();

    void add(String host) {
      if (HostNames.isWildcard(host)) {
        wildcards.add(host);
      } else {
        exact.add(host);
      }
    }

    boolean cover(String host) {
      return exact.contains(host)
          || wildcards.stream().anyMatch(wildcard -> Hosts.subsetOf(host, wildcard));
    }

    boolean overlap(String host) {
      return exact.contains(host)
          || wildcards.stream().anyMatch(wildcard -> Hosts.overlap(host, wildcard))
          || (HostNames.isWildcard(host)
              && exact.stream().anyMatch(one -> Hosts.overlap(host, one)));
    }
  }

  /**
   * Reads entries {@code namespace/host}; others count for nothing.
   *
   * @param namespace of the proxy, for {@code .} (R-SC-3)
   */
  ImportedHosts(List<String> entries, String namespace) {
    for (String entry : entries) {
      int slash = entry.indexOf('/');
      if (slash < 0 || entry.indexOf('/', slash + 1) >= 0) {
        continue;
      }
      String scope = entry.substring(0, slash);
      String host = entry.substring(slash + 1);
      boolean excludes = scope.startsWith("~");
      if (excludes) {
        scope = scope.length() == 1 ? ANY_NAMESPACE : scope.substring(1);
      }
      (excludes ? exclusions : imports)
          .computeIfAbsent(scope.equals(".") ? namespace : scope, _ -> new Names())
          .add(host);
    }
  }

  /** R-SC-6. */
  boolean imports(MeshService service) {
    String host = service.host();
    return (covered(imports.get(service.namespace()), host)
            || covered(imports.get(ANY_NAMESPACE), host))
        && !excluded(service.namespace(), host);
  }

  private static boolean covered(@Nullable Names names, String host) {
    return names != null && names.cover(host);
  }

  private boolean excluded(String namespace, String host) {
    return !exclusions.isEmpty()
        && (covered(exclusions.get(namespace), host)
            || covered(exclusions.get(ANY_NAMESPACE), host));
  }

  /** R-SC-9: as a whole, by any of its hosts (R-VS-17), by the VirtualService's own namespace. */
  boolean imports(VirtualService one) {
    Names here = imports.get(one.namespace());
    Names anywhere = imports.get(ANY_NAMESPACE);
    for (String host : one.hosts()) {
      if ((meets(here, one, host) || meets(anywhere, one, host))
          && !excluded(one.namespace(), host)) {
        return true;
      }
    }
    return false;
  }

  private static boolean meets(@Nullable Names names, VirtualService one, String host) {
    if (names == null) {
      return false;
    }
    return one.dialect() == Dialect.GATEWAY_API ? names.cover(host) : names.overlap(host);
  }
}
