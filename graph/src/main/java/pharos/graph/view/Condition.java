package pharos.graph.view;

import java.util.function.Function;
import pharos.graph.Edge;
import pharos.graph.Node;

/** What a find expression means. */
sealed interface Condition {
  Truth of(Node node);

  Truth of(Edge edge);

  /** Whether it can hold for any node. */
  boolean onNodes();

  /** Whether it can hold for any edge. */
  boolean onEdges();

  /** One comparison or flag. */
  record Leaf(
      boolean onNodes,
      boolean onEdges,
      Function<Node, Truth> nodeTest,
      Function<Edge, Truth> edgeTest)
      implements Condition {

    static Leaf node(Function<Node, Truth> test) {
      return new Leaf(true, false, test, edge -> Truth.NOT_APPLICABLE);
    }

    static Leaf edge(Function<Edge, Truth> test) {
      return new Leaf(false, true, node -> Truth.NOT_APPLICABLE, test);
    }

    @Override
    public Truth of(Node node) {
      return nodeTest.apply(node);
    }

    @Override
    public Truth of(Edge edge) {
      return edgeTest.apply(edge);
    }
  }

  /** Both. */
  record And(Condition left, Condition right) implements Condition {
    @Override
    public Truth of(Node node) {
      return Truth.of(left.of(node) == Truth.YES && right.of(node) == Truth.YES);
    }

    @Override
    public Truth of(Edge edge) {
      return Truth.of(left.of(edge) == Truth.YES && right.of(edge) == Truth.YES);
    }

    @Override
    public boolean onNodes() {
      return left.onNodes() && right.onNodes();
    }

    @Override
    public boolean onEdges() {
      return left.onEdges() && right.onEdges();
    }
  }

  /** Either. */
  record Or(Condition left, Condition right) implements Condition {
    @Override
    public Truth of(Node node) {
      return Truth.of(left.of(node) == Truth.YES || right.of(node) == Truth.YES);
    }

    @Override
    public Truth of(Edge edge) {
      return Truth.of(left.of(edge) == Truth.YES || right.of(edge) == Truth.YES);
    }

    @Override
    public boolean onNodes() {
      return left.onNodes() || right.onNodes();
    }

    @Override
    public boolean onEdges() {
      return left.onEdges() || right.onEdges();
    }
  }

  /** The opposite, for nodes and edges that the inner condition is about. */
  record Not(Condition inner) implements Condition {
    @Override
    public Truth of(Node node) {
      return inner.onNodes() ? inner.of(node).not() : Truth.NOT_APPLICABLE;
    }

    @Override
    public Truth of(Edge edge) {
      return inner.onEdges() ? inner.of(edge).not() : Truth.NOT_APPLICABLE;
    }

    @Override
    public boolean onNodes() {
      return inner.onNodes();
    }

    @Override
    public boolean onEdges() {
      return inner.onEdges();
    }
  }
}
