package pharos.config.routing.gatewayapi;

import java.util.List;
import pharos.config.istio.CreationTimes;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/** An HTTPRoute, GRPCRoute, TLSRoute or TCPRoute. */
record RouteObject(Resource resource) {
  static final Path RULES = Path.of("spec", "rules");

  ResourceKey key() {
    return resource.key();
  }

  ResourceKey.Kind kind() {
    return key().kind();
  }

  String namespace() {
    return key().namespace();
  }

  String name() {
    return key().name();
  }

  /** Seconds since 1970; 0 when unknown, which sorts as oldest. */
  long created() {
    return CreationTimes.seconds(resource);
  }

  /** Host names as written; none means any, which is {@code *}. */
  List<String> hostnames() {
    List<String> hostnames = Fields.texts(resource.spec(), "hostnames");
    return hostnames.isEmpty() ? List.of("*") : hostnames;
  }

  List<Node> parentRefs() {
    return Fields.items(resource.spec(), "parentRefs");
  }

  List<Node> rules() {
    return Fields.items(resource.spec(), "rules");
  }
}
