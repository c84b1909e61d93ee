package pharos.graph.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pharos.graph.Box;
import pharos.graph.GraphKind;
import pharos.graph.GraphOrder;

/**
 * Draws frames: app inside namespace inside cluster, each around two members at least, a node or
 * box being in one frame only (reference §3.3, boxes).
 */
final class Boxes {
  private final Map<String, Box> boxes = new HashMap<>();
  private final Map<NodeDraft, String> parents = new HashMap<>();

  private Boxes() {}

  static Boxes around(List<NodeDraft> nodes, GraphKind kind, Set<Box.Kind> boxBy) {
    Boxes boxes = new Boxes();
    boolean apps = kind == GraphKind.APP || kind == GraphKind.VERSIONED_APP;
    if (apps || boxBy.contains(Box.Kind.APP)) {
      boxes.boxApps(nodes);
    }
    if (boxBy.contains(Box.Kind.NAMESPACE)) {
      boxes.box(
          nodes,
          Box.Kind.NAMESPACE,
          node -> Labels.isKnown(node.namespace) ? node.namespace : null,
          box -> box.namespace());
    }
    if (boxBy.contains(Box.Kind.CLUSTER)) {
      boxes.box(
          nodes, Box.Kind.CLUSTER, node -> Labels.isKnown(node.cluster) ? "" : null, box -> "");
    }
    return boxes;
  }

  /** Outer boxes first. */
  List<Box> sorted() {
    return boxes.values().stream().sorted(GraphOrder.BOXES).toList();
  }

  @Nullable String parent(NodeDraft node) {
    return parents.get(node);
  }

  private void boxApps(List<NodeDraft> nodes) {
    Map<String, List<NodeDraft>> members = new TreeMap<>();
    for (NodeDraft node : nodes) {
      if (Labels.isKnown(node.app)) {
        String key = "box_" + node.cluster + '_' + node.namespace + '_' + node.app;
        members.computeIfAbsent(key, k -> new ArrayList<>()).add(node);
      }
    }
    members.forEach((key, inside) -> {
      if (inside.size() > 1) {
        NodeDraft first = inside.getFirst();
        Box box = Box.of(key, Box.Kind.APP, null, first.app, first.cluster, first.namespace);
        boxes.put(box.id(), box);
        inside.forEach(node -> parents.put(node, box.id()));
      }
    });
  }

  /**
   * Boxes nodes and boxes that have no frame yet. One frame around everything would say nothing, so
   * there must be two candidates.
   */
  private void box(
      List<NodeDraft> nodes,
      Box.Kind kind,
      Function<NodeDraft, @Nullable String> namespaceOf,
      Function<Box, String> namespaceOfBox) {
    Map<String, Frame> frames = new TreeMap<>();
    for (NodeDraft node : nodes) {
      String namespace = namespaceOf.apply(node);
      if (namespace != null && !parents.containsKey(node)) {
        frame(frames, node.cluster, namespace).nodes.add(node);
      }
    }
    for (Box box : boxes.values()) {
      if (box.parent() == null) {
        frame(frames, box.cluster(), namespaceOfBox.apply(box)).boxes.add(box);
      }
    }
    if (frames.size() < 2) {
      return;
    }
    frames.forEach((key, frame) -> {
      if (frame.nodes.size() + frame.boxes.size() < 2) {
        return;
      }
      String name = kind == Box.Kind.CLUSTER ? frame.cluster : frame.namespace;
      Box outer = Box.of(key, kind, null, name, frame.cluster, frame.namespace);
      boxes.put(outer.id(), outer);
      frame.nodes.forEach(node -> parents.put(node, outer.id()));
      for (Box inner : frame.boxes) {
        boxes.put(
            inner.id(),
            new Box(
                inner.id(),
                inner.key(),
                inner.kind(),
                outer.id(),
                inner.name(),
                inner.cluster(),
                inner.namespace()));
      }
    });
  }

  private static Frame frame(Map<String, Frame> frames, String cluster, String namespace) {
    String key = namespace.isEmpty() ? "box_" + cluster : "box_" + cluster + '_' + namespace;
    return frames.computeIfAbsent(key, k -> new Frame(cluster, namespace));
  }

  private static final class Frame {
    final String cluster;
    final String namespace;
    final List<NodeDraft> nodes = new ArrayList<>();
    final List<Box> boxes = new ArrayList<>();

    Frame(String cluster, String namespace) {
      this.cluster = cluster;
      this.namespace = namespace;
    }
  }
}
