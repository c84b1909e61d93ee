package pharos.graph.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.graph.GraphKind;

/**
 * Gives nodes their identity, by the table of the Kiali reference §3.3, and keeps one draft each.
 */
final class NodeNames {
  private final GraphKind kind;
  private final Map<String, NodeDraft> byKey = new HashMap<>();
  private final List<NodeDraft> drafts = new ArrayList<>();

  NodeNames(GraphKind kind) {
    this.kind = kind;
  }

  static boolean isEgressCluster(String service) {
    return service.equals("PassthroughCluster") || service.equals("BlackHoleCluster");
  }

  /** All drafts by their index. */
  List<NodeDraft> drafts() {
    return drafts;
  }

  /** The node of a service. */
  NodeDraft service(String cluster, String namespace, String service) {
    return draft(
        "svc_" + cluster + '_' + namespace + '_' + service,
        NodeDraft.Type.SERVICE,
        cluster,
        namespace,
        "",
        "",
        "",
        service);
  }

  /** The node of a caller, or null when the labels name none. */
  @Nullable NodeDraft source(
      String cluster, String namespace, String workload, String app, String version) {
    return of(cluster, namespace, "", namespace, workload, app, version);
  }

  /**
   * The node that these labels name, or null when they name none. {@code service} is empty for
   * callers, which differs from {@code unknown}: only a caller can be the unknown source.
   */
  @Nullable NodeDraft of(
      String cluster,
      String serviceNamespace,
      String service,
      String workloadNamespace,
      String workload,
      String app,
      String version) {
    String namespace = Labels.isKnown(workloadNamespace) ? workloadNamespace : serviceNamespace;
    boolean noWorkload = workload.equals(Labels.UNKNOWN);
    boolean noApp = app.equals(Labels.UNKNOWN);
    if (namespace.equals(Labels.UNKNOWN) && noWorkload && noApp && service.isEmpty()) {
      return draft(
          cluster + "_unknown_source",
          NodeDraft.Type.UNKNOWN,
          cluster,
          Labels.UNKNOWN,
          "",
          "",
          "",
          "");
    }
    if (noWorkload && noApp && service.equals(Labels.UNKNOWN)) {
      return service(cluster, namespace, Labels.UNKNOWN);
    }
    boolean perWorkload = kind == GraphKind.WORKLOAD || kind == GraphKind.SERVICE;
    if (!perWorkload && Labels.isKnown(app)) {
      return app(cluster, namespace, workload, app, version);
    }
    if (Labels.isKnown(workload)) {
      NodeDraft node =
          draft(
              "wl_" + cluster + '_' + namespace + '_' + workload,
              NodeDraft.Type.WORKLOAD,
              cluster,
              namespace,
              workload,
              "",
              "",
              "");
      node.learn(workload, app, version);
      return node;
    }
    return Labels.isKnown(service) ? service(cluster, namespace, service) : null;
  }

  private NodeDraft app(
      String cluster, String namespace, String workload, String app, String version) {
    if (kind == GraphKind.APP) {
      NodeDraft node =
          draft(
              "app_" + cluster + '_' + namespace + '_' + app,
              NodeDraft.Type.APP,
              cluster,
              namespace,
              "",
              app,
              "",
              "");
      if (Labels.isKnownVersion(version)) {
        node.versions.add(version);
      }
      return node;
    }
    String key;
    if (Labels.isKnown(workload)) {
      key = "vapp_" + cluster + '_' + namespace + '_' + workload;
    } else if (Labels.isKnownVersion(version)) {
      key = "vapp_" + cluster + '_' + namespace + '_' + app + '_' + version;
    } else {
      key = "app_" + cluster + '_' + namespace + '_' + app;
    }
    NodeDraft node = draft(key, NodeDraft.Type.APP, cluster, namespace, "", "", "", "");
    node.learn(workload, app, version);
    return node;
  }

  private NodeDraft draft(
      String key,
      NodeDraft.Type type,
      String cluster,
      String namespace,
      String workload,
      String app,
      String version,
      String service) {
    NodeDraft known = byKey.get(key);
    if (known != null) {
      return known;
    }
    NodeDraft added =
        new NodeDraft(
            drafts.size(), key, type, cluster, namespace, workload, app, version, service);
    byKey.put(key, added);
    drafts.add(added);
    return added;
  }
}
