package pharos.backend.traffic;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
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
import pharos.graph.TrafficGraph;
import pharos.graph.build.TrafficGraphs;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Protocol;

/** Stores a frame every few seconds, whether somebody looks or not. */
final class HistoryRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryRecorder.class);

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
    return new Frame(reading.samples().at(), reading.samples(), encode(now), summary(graph));
  }

  private synchronized byte[] encode(Inventory now) {
    if (now != encodedOf) {
      encoded = InventoryCodec.encode(now);
      encodedOf = now;
    }
    return encoded;
  }

  static Summary summary(TrafficGraph graph) {
    double total = 0;
    double errors = 0;
    for (Edge edge : graph.edges()) {
      if (edge.protocol() != Protocol.TCP) {
        total += edge.rates().total();
        errors += edge.rates().total() * edge.rates().percentErr() / 100;
      }
    }
    Health.Status worst = Health.Status.NOT_AVAILABLE;
    for (Node node : graph.nodes()) {
      Health.Status status = node.facts().health().status();
      worst = status.compareTo(worst) > 0 ? status : worst;
    }
    return new Summary(total, errors, worst.wireName());
  }
}
