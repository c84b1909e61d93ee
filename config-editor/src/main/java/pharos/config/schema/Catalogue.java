package pharos.config.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Kinds;
import pharos.config.resource.ResourceKey.Kind;

/**
 * What every kind looks like: Istio's development branch of August 2026 and Gateway API 1.4 with
 * its experimental fields. A file is read when one of its kinds is asked for the first time.
 */
public final class Catalogue {
  private static final Map<Kind, String> FILES = files();
  private static final Map<String, SchemaReader.Content> READ = new HashMap<>();

  private Catalogue() {}

  private static Map<Kind, String> files() {
    Map<Kind, String> files = new LinkedHashMap<>();
    files.put(Kinds.GATEWAY, "gateway");
    files.put(Kinds.VIRTUAL_SERVICE, "virtual-service");
    files.put(Kinds.DESTINATION_RULE, "destination-rule");
    files.put(Kinds.SERVICE_ENTRY, "service-entry");
    files.put(Kinds.SIDECAR, "sidecar");
    files.put(Kinds.WORKLOAD_ENTRY, "workload");
    files.put(Kinds.WORKLOAD_GROUP, "workload");
    files.put(Kinds.ENVOY_FILTER, "envoy-filter");
    files.put(Kinds.PROXY_CONFIG, "envoy-filter");
    files.put(Kinds.AUTHORIZATION_POLICY, "security");
    files.put(Kinds.PEER_AUTHENTICATION, "security");
    files.put(Kinds.REQUEST_AUTHENTICATION, "security");
    files.put(Kinds.TELEMETRY, "telemetry");
    files.put(Kinds.WASM_PLUGIN, "extensions");
    files.put(Kinds.TRAFFIC_EXTENSION, "extensions");
    files.put(Kinds.K8S_GATEWAY, "gateway-api-gateway");
    files.put(Kinds.GATEWAY_CLASS, "gateway-api-gateway");
    files.put(Kinds.REFERENCE_GRANT, "gateway-api-gateway");
    files.put(Kinds.BACKEND_TLS_POLICY, "gateway-api-gateway");
    files.put(Kinds.HTTP_ROUTE, "gateway-api-routes");
    files.put(Kinds.GRPC_ROUTE, "gateway-api-routes");
    files.put(Kinds.TCP_ROUTE, "gateway-api-routes");
    files.put(Kinds.UDP_ROUTE, "gateway-api-routes");
    files.put(Kinds.TLS_ROUTE, "gateway-api-routes");
    files.put(Kinds.SERVICE, "kubernetes");
    files.put(Kinds.INGRESS, "kubernetes");
    files.put(Kinds.INGRESS_CLASS, "kubernetes");
    return files;
  }

  /** The kinds in the catalogue. */
  public static Set<Kind> kinds() {
    return FILES.keySet();
  }

  /** What a kind looks like, or null when it is not in the catalogue. */
  public static @Nullable KindSchema of(Kind kind) {
    String file = FILES.get(kind);
    if (file == null) {
      return null;
    }
    for (KindSchema schema : content(file).kinds()) {
      if (schema.kind().equals(kind)) {
        return schema;
      }
    }
    throw new IllegalStateException("%s.schema does not describe %s".formatted(file, kind));
  }

  private static SchemaReader.Content content(String file) {
    synchronized (READ) {
      SchemaReader.Content content = READ.get(file);
      if (content == null) {
        content = new SchemaReader(file).read(text(file), used -> content(used).family());
        READ.put(file, content);
      }
      return content;
    }
  }

  private static String text(String file) {
    try (InputStream in = Catalogue.class.getResourceAsStream(file + ".schema")) {
      if (in == null) {
        throw new IllegalStateException("the catalogue has no file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
