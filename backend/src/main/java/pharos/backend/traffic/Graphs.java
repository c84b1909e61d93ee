package pharos.backend.traffic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pharos.graph.Box;
import pharos.graph.Edge;
import pharos.graph.Node;
import pharos.graph.TrafficGraph;
import pharos.graph.build.TrafficGraphs;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Samples;
import pharos.graph.view.FindExpression;
import pharos.graph.view.GraphViews;

/** Builds the graph of a view: the core's steps in their order. */
final class Graphs {
  private static final int TOPOLOGY_BYTES = 8;

  private Graphs() {}

  /** The graph of this view, narrowed and without what is hidden. */
  static TrafficGraph of(Samples samples, Inventory inventory, GraphView view) {
    TrafficGraph graph = TrafficGraphs.of(samples, inventory, view.options());
    FindExpression hide = GraphView.expression("hide", view.hide());
    if (hide != null) {
      graph = GraphViews.hide(graph, hide);
    }
    GraphView.Focus focus = view.focus();
    if (focus != null) {
      Optional<Node> center = named(graph, focus.node());
      graph =
          center.isEmpty()
              ? graph.with(List.of(), List.of(), List.of())
              : GraphViews.focus(graph, center.get().id(), focus.hops());
    }
    return graph;
  }

  /** What the view's find expression matches; null without one. */
  static FindExpression.@Nullable Matches found(TrafficGraph graph, GraphView view) {
    FindExpression find = GraphView.expression("find", view.find());
    return find == null ? null : GraphViews.find(graph, find);
  }

  /** Changes exactly when a node, edge or box comes, goes or moves into another box. */
  static String topology(TrafficGraph graph) {
    MessageDigest digest = sha256();
    for (Node node : graph.nodes()) {
      update(digest, node.id().hash());
      update(digest, node.facts().parent());
    }
    for (Edge edge : graph.edges()) {
      update(digest, edge.id());
    }
    for (Box box : graph.boxes()) {
      update(digest, box.id());
      update(digest, box.parent());
    }
    return HexFormat.of().formatHex(digest.digest(), 0, TOPOLOGY_BYTES);
  }

  /** The node with this id, or the first that stands for {@code namespace/name}. */
  static Optional<Node> named(TrafficGraph graph, String idOrName) {
    return graph.nodes().stream()
        .filter(node ->
            node.id().hash().equals(idOrName)
                || node.id().key().equals(idOrName)
                || names(node, idOrName))
        .findFirst();
  }

  private static boolean names(Node node, String name) {
    String prefix = node.namespace() + '/';
    if (!name.startsWith(prefix)) {
      return false;
    }
    String rest = name.substring(prefix.length());
    return switch (node) {
      case Node.WorkloadNode workload ->
          rest.equals(workload.workload()) || rest.equals(workload.app());
      case Node.AppNode app -> rest.equals(app.app()) || rest.equals(app.workload());
      case Node.ServiceNode service -> rest.equals(service.service());
      case Node.AggregateNode aggregate -> rest.equals(aggregate.value());
      case Node.UnknownNode _ -> false;
    };
  }

  private static void update(MessageDigest digest, @Nullable String text) {
    digest.update((byte) 0);
    if (text != null) {
      digest.update(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is required of every Java platform", e);
    }
  }
}
