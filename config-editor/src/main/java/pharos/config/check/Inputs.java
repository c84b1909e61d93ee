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
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.resource.Snapshot;
import pharos.config.resource.Templates;
import pharos.config.schema.MeantKind;

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
   * @param asWritten whether a misspelt kind stays an unknown one, which istioctl ignores; else it
   *     counts as the kind that was meant
   */
  public record Options(
      @Nullable String defaultNamespace,
      boolean includeCore,
      boolean defaultResources,
      boolean asWritten) {
    public Options(
        @Nullable String defaultNamespace, boolean includeCore, boolean defaultResources) {
      this(defaultNamespace, includeCore, defaultResources, false);
    }
  }

  /** The snapshot of some documents; of two with the same key the later one counts. */
  public static Snapshot snapshot(
      Collection<Resource> documents, Options options, MeshView.MeshSettings mesh) {
    List<Resource> resources = new ArrayList<>();
    boolean ingress = !mesh.text("ingressControllerMode", "STRICT").equals("OFF");
    if (options.defaultResources() && options.includeCore() && ingress) {
      resources.addAll(ingressGateway(mesh));
    }
    for (Resource document : documents) {
      Resource resource = settled(document, options);
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
  public static Resource settled(Resource resource, Options options) {
    ResourceKey key = resource.key();
    Kind meant = options.asWritten() ? null : MeantKind.of(key.kind());
    Kind kind = meant == null ? key.kind() : meant;
    Kinds.Facts facts = Kinds.facts(kind);
    String namespace = key.namespace();
    String defaultNamespace = options.defaultNamespace();
    if (kind.equals(Templates.KIND) || (facts != null && !facts.namespaced())) {
      namespace = "";
    } else if (namespace.isEmpty() && defaultNamespace != null) {
      namespace = defaultNamespace;
    }
    ResourceKey settled = new ResourceKey(kind, namespace, key.name());
    return settled.equals(key)
        ? resource
        : new Resource(settled, resource.apiVersion(), resource.root(), resource.source());
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
