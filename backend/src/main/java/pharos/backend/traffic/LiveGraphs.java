package pharos.backend.traffic;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.traffic.GraphFrame.Origin;
import pharos.backend.traffic.SharedTelemetry.Reading;
import pharos.graph.TrafficGraph;

/**
 * The live views: one producer per distinct view, shared by all its viewers. A producer starts with
 * the first viewer and stops some time after the last.
 */
public final class LiveGraphs {
  private static final Logger LOG = LoggerFactory.getLogger(LiveGraphs.class);

  private final Vertx vertx;
  private final WorkerExecutor builders;
  private final SharedTelemetry telemetry;
  private final MeshInventory inventory;
  private final Sources sources;
  private final FrameEncoding encoding;
  private final TrafficSettings settings;
  private final TrafficProbe probe;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  private final Map<GraphView, Producer> producers = new HashMap<>();
  private final AtomicInteger viewers = new AtomicInteger();
  private long timer = -1;
  private boolean closed;

  LiveGraphs(
      Vertx vertx,
      WorkerExecutor builders,
      SharedTelemetry telemetry,
      MeshInventory inventory,
      Sources sources,
      FrameEncoding encoding,
      TrafficSettings settings,
      TrafficProbe probe,
      Clock clock) {
    this.vertx = vertx;
    this.builders = builders;
    this.telemetry = telemetry;
    this.inventory = inventory;
    this.sources = sources;
    this.encoding = encoding;
    this.settings = settings;
    this.probe = probe;
    this.clock = clock;
  }

  /**
   * Begins to watch a view.
   *
   * @param onNews called on any thread when {@link LiveView#after} has something; must not block
   * @throws TrafficFailure.TooMuch when there are too many viewers or views
   */
  public Watch watch(GraphView view, Runnable onNews) {
    if (viewers.incrementAndGet() > settings.maxViewers()) {
      viewers.decrementAndGet();
      throw new TrafficFailure.TooMuch(
          "%d viewers are connected, which is the limit".formatted(settings.maxViewers()));
    }
    Producer producer;
    boolean first;
    synchronized (this) {
      Producer known = producers.get(view);
      first = known == null;
      if (known == null) {
        if (producers.size() >= settings.maxViews()) {
          viewers.decrementAndGet();
          throw new TrafficFailure.TooMuch(
              "%d different views are live, which is the limit; poll this one instead"
                  .formatted(settings.maxViews()));
        }
        known = new Producer(new LiveView(view, newEpoch(), encoding, settings));
        producers.put(view, known);
        if (timer < 0) {
          timer = vertx.setPeriodic(settings.refresh().toMillis(), _ -> tick());
        }
      }
      producer = known;
      producer.live.add(onNews);
      producer.idleSince = null;
    }
    if (first) {
      produce(producer);
    }
    return new Watch(this, producer, onNews);
  }

  /** The newest frame of this view if somebody watches it; null otherwise. */
  @Nullable GraphFrame newest(GraphView view) {
    LiveView live;
    synchronized (this) {
      Producer producer = producers.get(view);
      live = producer == null ? null : producer.live;
    }
    return live == null ? null : live.frame();
  }

  /** Viewers of all views. */
  public int viewers() {
    return viewers.get();
  }

  /** Distinct views with a producer. */
  public synchronized int views() {
    return producers.size();
  }

  /** The newest frames of all views. */
  List<GraphFrame> frames() {
    List<Producer> all;
    synchronized (this) {
      all = List.copyOf(producers.values());
    }
    List<GraphFrame> frames = new ArrayList<>();
    for (Producer producer : all) {
      GraphFrame frame = producer.live.frame();
      if (frame != null) {
        frames.add(frame);
      }
    }
    return frames;
  }

  /** Stops all producers; what they still build is not published as a failure. */
  synchronized void close() {
    closed = true;
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
    producers.clear();
  }

  private void release(Producer producer, Runnable onNews) {
    viewers.decrementAndGet();
    synchronized (this) {
      if (producer.live.remove(onNews)) {
        producer.idleSince = clock.instant();
      }
    }
  }

  private void tick() {
    Instant limit = clock.instant().minus(settings.keepView());
    List<Producer> due;
    synchronized (this) {
      producers
          .values()
          .removeIf(producer -> producer.idleSince != null && !producer.idleSince.isAfter(limit));
      if (producers.isEmpty()) {
        vertx.cancelTimer(timer);
        timer = -1;
      }
      due = List.copyOf(producers.values());
    }
    due.forEach(this::produce);
  }

  /** One round of one producer; left out while its round before still runs. */
  private void produce(Producer producer) {
    synchronized (this) {
      if (producer.busy || closed) {
        return;
      }
      producer.busy = true;
    }
    telemetry
        .newest(producer.live.view().window())
        .compose(reading ->
            builders.executeBlocking(
                () -> {
                  round(producer, reading);
                  return null;
                },
                false))
        .onFailure(cause -> noFrame(producer, cause))
        .onComplete(_ -> {
          synchronized (this) {
            producer.busy = false;
          }
        });
  }

  private void round(Producer producer, Reading reading) {
    LiveView live = producer.live;
    GraphFrame before = live.frame();
    TrafficGraph graph =
        before != null && reading.staleSince() != null
            ? before.graph()
            : probe.timed(() -> Graphs.of(reading.samples(), inventory.current(), live.view()));
    GraphFrame next =
        new GraphFrame(
            graph,
            before == null ? 1 : before.seq() + 1,
            Graphs.topology(graph),
            sources.all(),
            reading.staleSince(),
            Origin.LIVE,
            Graphs.found(graph, live.view()));
    live.publish(next, reading.failure(), clock.instant());
    probe.frame();
  }

  private void noFrame(Producer producer, Throwable cause) {
    if (cause instanceof TrafficFailure failure) {
      producer.live.failed(failure);
    } else if (!isClosed()) {
      LOG.error("a live view could not be built", cause);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private String newEpoch() {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** One viewer's hold on a view. */
  public static final class Watch implements AutoCloseable {
    private final LiveGraphs graphs;
    private final Producer producer;
    private final Runnable onNews;
    private boolean closed;

    private Watch(LiveGraphs graphs, Producer producer, Runnable onNews) {
      this.graphs = graphs;
      this.producer = producer;
      this.onNews = onNews;
    }

    public LiveView view() {
      return producer.live;
    }

    /** Safe to call twice. */
    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        graphs.release(producer, onNews);
      }
    }
  }

  private static final class Producer {
    private final LiveView live;
    private boolean busy;
    private @Nullable Instant idleSince;

    Producer(LiveView live) {
      this.live = live;
    }
  }
}
