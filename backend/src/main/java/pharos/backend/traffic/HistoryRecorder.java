package pharos.backend.traffic;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.traffic.GraphHistory.Frame;
import pharos.backend.traffic.GraphHistory.Summary;
import pharos.backend.traffic.SharedTelemetry.Reading;
import pharos.graph.Edge;
import pharos.graph.GraphOptions;
import pharos.graph.Health;
import pharos.graph.Node;
import pharos.graph.NodeId;
import pharos.graph.TrafficGraph;
import pharos.graph.build.TrafficGraphs;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Protocol;

/** Stores a frame every few seconds, whether somebody looks or not. */
final class HistoryRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryRecorder.class);

  private static final String NOTHING = Health.Status.NOT_AVAILABLE.wireName();

  /** From harmless to worst. */
  private static final List<String> SEVERITY =
      Arrays.stream(Health.Status.values()).map(Health.Status::wireName).toList();

  private final Vertx vertx;
  private final WorkerExecutor builders;
  private final SharedTelemetry telemetry;
  private final MeshInventory inventory;
  private final GraphHistory history;
  private final Duration window;
  private volatile boolean failing;
  private volatile boolean busy;
  private long timer = -1;

  // An inventory changes rarely, its bytes are the larger part of a frame.
  private @Nullable Inventory encodedOf;
  private byte[] encoded = {};

  HistoryRecorder(
      Vertx vertx,
      WorkerExecutor builders,
      SharedTelemetry telemetry,
      MeshInventory inventory,
      GraphHistory history,
      Duration window) {
    this.vertx = vertx;
    this.builders = builders;
    this.telemetry = telemetry;
    this.inventory = inventory;
    this.history = history;
    this.window = window;
  }

  synchronized void start(Duration every) {
    timer = vertx.setPeriodic(every.toMillis(), _ -> record());
  }

  synchronized void stop() {
    vertx.cancelTimer(timer);
  }

  /** A stale reading is not recorded: the gap is the truth. */
  private void record() {
    if (busy) {
      return;
    }
    busy = true;
    telemetry
        .newest(window)
        .compose(reading ->
            reading.staleSince() != null
                ? Future.<Void>succeededFuture()
                : builders.executeBlocking(() -> frame(reading), false).compose(history::save))
        .onSuccess(_ -> failing = false)
        .onFailure(this::failed)
        .onComplete(_ -> busy = false);
  }

  private void failed(Throwable cause) {
    // Once per failure, not every ten seconds; the source's status tells the rest.
    if (!failing) {
      failing = true;
      LOG.warn("the history has a gap: {}", cause.toString());
    }
  }

  private Frame frame(Reading reading) {
    Inventory now = inventory.current();
    TrafficGraph graph = TrafficGraphs.of(reading.samples(), now, GraphOptions.DEFAULT);
    Map<String, Summary> namespaces = namespaces(graph);
    return new Frame(
        reading.samples().at(),
        reading.samples(),
        encode(now),
        mesh(graph, namespaces),
        namespaces);
  }

  private synchronized byte[] encode(Inventory now) {
    if (now != encodedOf) {
      encoded = InventoryCodec.encode(now);
      encodedOf = now;
    }
    return encoded;
  }

  /** By namespace: what arrives at its services, and the worst health of what is in it. */
  static Map<String, Summary> namespaces(TrafficGraph graph) {
    Map<NodeId, Node> nodes = graph.nodesById();
    Map<String, Summary> found = new HashMap<>();
    for (Edge edge : graph.edges()) {
      Node target = nodes.get(edge.target());
      if (edge.protocol() != Protocol.TCP
          && target != null
          && MeshState.known(target.namespace())) {
        found.merge(
            target.namespace(),
            new Summary(edge.rates().total(), edge.rates().failed(), NOTHING),
            HistoryRecorder::plus);
      }
    }
    for (Node node : graph.nodes()) {
      if (MeshState.known(node.namespace())) {
        String health = node.facts().health().status().wireName();
        found.merge(node.namespace(), new Summary(0, 0, health), HistoryRecorder::plus);
      }
    }
    return found;
  }

  /** The same requests, added up; the health also of what is in no namespace. */
  static Summary mesh(TrafficGraph graph, Map<String, Summary> namespaces) {
    Summary mesh = new Summary(0, 0, NOTHING);
    for (Summary namespace : namespaces.values()) {
      mesh = plus(mesh, namespace);
    }
    for (Node node : graph.nodes()) {
      mesh = plus(mesh, new Summary(0, 0, node.facts().health().status().wireName()));
    }
    return mesh;
  }

  private static Summary plus(Summary a, Summary b) {
    boolean worse = severity(b.worstHealth()) > severity(a.worstHealth());
    return new Summary(
        a.perSecond() + b.perSecond(),
        a.errorsPerSecond() + b.errorsPerSecond(),
        worse ? b.worstHealth() : a.worstHealth());
  }

  private static int severity(String wireName) {
    return SEVERITY.indexOf(wireName);
  }
}
