package pharos.config.istio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/** Whether pods take part in the mesh (analysis catalog 4.6 and 4.7). */
public final class MeshMembership {
  /** Name of the proxy's container. */
  public static final String PROXY = "istio-proxy";

  private static final String INJECT = "sidecar.istio.io/inject";

  private final Snapshot resources;

  public MeshMembership(Snapshot resources) {
    this.resources = resources;
  }

  /** Whether a Pod has, or will get, a proxy of its own. */
  public boolean podInMesh(Resource pod) {
    List<Node> containers = new ArrayList<>(Fields.items(pod.spec(), "containers"));
    containers.addAll(Fields.items(pod.spec(), "initContainers"));
    return inMesh(containers, pod.labels(), pod.annotations(), pod.key().namespace());
  }

  /** Whether the Pods of a Deployment have, or will get, a proxy of their own. */
  public boolean deploymentInMesh(Resource deployment) {
    Node template = Fields.node(deployment.spec(), "template");
    return inMesh(
        Fields.items(template, "spec", "containers"),
        Fields.map(template, "metadata", "labels"),
        Fields.map(template, "metadata", "annotations"),
        deployment.key().namespace());
  }

  private boolean inMesh(
      List<Node> containers,
      Map<String, String> labels,
      Map<String, String> annotations,
      String namespace) {
    if (proxyImage(containers) != null) {
      return true;
    }
    String wish = labels.getOrDefault(INJECT, annotations.get(INJECT));
    if (wish != null) {
      return wish.equals("true");
    }
    Resource owner = resources.get(new ResourceKey(Kinds.NAMESPACE, "", namespace));
    return owner != null && "enabled".equals(owner.labels().get("istio-injection"));
  }

  /**
   * The image of the first container named {@link #PROXY}, or null when it is missing or has none.
   */
  public static @Nullable String proxyImage(List<Node> containers) {
    for (Node container : containers) {
      if (Fields.text(container, "name").equals(PROXY)) {
        String image = Fields.text(container, "image");
        return image.isEmpty() ? null : image;
      }
    }
    return null;
  }

  /** Whether a Pod's traffic goes through ztunnel. */
  public static boolean ambientPod(Resource pod) {
    return "enabled".equals(pod.annotations().get("ambient.istio.io/redirection"));
  }

  /** Whether a Namespace has chosen ambient mode and nothing else. */
  public static boolean ambientNamespace(@Nullable Resource namespace) {
    if (namespace == null) {
      return false;
    }
    Map<String, String> labels = namespace.labels();
    return "ambient".equals(labels.get("istio.io/dataplane-mode"))
        && !"enabled".equals(labels.get("istio-injection"))
        && labels.getOrDefault("istio.io/rev", "").isEmpty();
  }

  /** Whether an object belongs to the control plane itself. */
  public static boolean controlPlane(Resource resource) {
    Map<String, String> labels = resource.labels();
    return labels.containsKey("istio") || "istio".equals(labels.get("release"));
  }
}
