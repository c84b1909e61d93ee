package pharos.config.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/**
 * Documents from files become the snapshot that istioctl would analyze (analysis catalog 1.1 and
 * 1.2).
 */
public final class Inputs {
  private static final Set<String> SYSTEM_NAMESPACES =
      Set.of("kube-system", "kube-public", "kube-node-lease", "local-path-storage");
  private static final Set<ResourceKey.Kind> CORE =
      Set.of(Kinds.SERVICE, Kinds.NAMESPACE, Kinds.NODE, Kinds.POD, Kinds.SECRET);

  private Inputs() {}

  /**
   * How documents are read.
   *
   * @param defaultNamespace of documents that name none; null leaves them without
   * @param includeCore whether Services, Namespaces, Nodes, Pods and Secrets are read from files
   * @param defaultResources whether the ingress gateway's Pod and Service are added
   */
  public record Options(
      @Nullable String defaultNamespace, boolean includeCore, boolean defaultResources) {}

  /** The snapshot of some documents; of two with the same key the later one counts. */
  public static Snapshot snapshot(
      Collection<Resource> documents, Options options, MeshView.MeshSettings mesh) {
    List<Resource> resources = new ArrayList<>();
    boolean ingress = !mesh.text("ingressControllerMode", "STRICT").equals("OFF");
    if (options.defaultResources() && options.includeCore() && ingress) {
      resources.addAll(ingressGateway(mesh));
    }
    for (Resource document : documents) {
      Resource resource = settled(document, options.defaultNamespace());
      ResourceKey key = resource.key();
      boolean system =
          SYSTEM_NAMESPACES.contains(
              key.kind().equals(Kinds.NAMESPACE) ? key.name() : key.namespace());
      if (!system && (options.includeCore() || !CORE.contains(key.kind()))) {
        resources.add(resource);
      }
    }
    return Snapshot.of(resources);
  }

  /** Cluster-scoped kinds lose their namespace, others get the default one. */
  private static Resource settled(Resource resource, @Nullable String defaultNamespace) {
    ResourceKey key = resource.key();
    Kinds.Facts facts = Kinds.facts(key.kind());
    String namespace = key.namespace();
    if (facts != null && !facts.namespaced()) {
      namespace = "";
    } else if (namespace.isEmpty() && defaultNamespace != null) {
      namespace = defaultNamespace;
    }
    return namespace.equals(key.namespace())
        ? resource
        : new Resource(
            new ResourceKey(key.kind(), namespace, key.name()),
            resource.apiVersion(),
            resource.root(),
            resource.source());
  }

  private static List<Resource> ingressGateway(MeshView.MeshSettings mesh) {
    String service = mesh.text("ingressService", "istio-ingressgateway");
    String yaml =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %1$s-dummypod
          namespace: %2$s
          labels: {istio: ingressgateway}
        spec:
          containers:
          - name: istio-proxy
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: %1$s
          namespace: %2$s
        spec:
          selector: {istio: ingressgateway}
          ports:
          - {name: http2, protocol: TCP, port: 80, targetPort: 80}
          - {name: https, protocol: TCP, port: 443, targetPort: 443}
          - {name: tcp, protocol: TCP, port: 31400, targetPort: 31400}
          - {name: tls, protocol: TCP, port: 15443, targetPort: 15443}
        """
            .formatted(service, mesh.istioNamespace());
    return new DocumentReader(Limits.DEFAULT)
        .read("", yaml).resources().stream()
            .map(r -> new Resource(r.key(), r.apiVersion(), r.root(), Resource.Source.LIVE))
            .toList();
  }
}
