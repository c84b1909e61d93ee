package pharos.backend.traffic;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.GraphFrame.Origin;
import pharos.backend.traffic.SharedTelemetry.Reading;
import pharos.backend.traffic.TelemetrySource.LabelMatch;
import pharos.backend.traffic.TelemetrySource.SampleQuery;
import pharos.backend.traffic.TelemetrySource.Series;
import pharos.backend.traffic.TelemetrySource.SeriesQuery;
import pharos.backend.traffic.TrafficFailure.NoSuchObject;
import pharos.graph.Edge;
import pharos.graph.GraphKind;
import pharos.graph.GraphOptions;
import pharos.graph.Node;
import pharos.graph.NodeId;
import pharos.graph.TrafficGraph;
import pharos.graph.build.TrafficGraphs;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Samples;

/**
 * Everything that can be asked about the mesh's traffic. Start reading here: each question asks a
 * port, calls the pure core and hands on. All work that takes time runs on worker threads.
 */
public final class Traffic implements AutoCloseable {
  private static final int BUILDER_THREADS = 2;
  private static final long BUILD_SECONDS = 30;

  private final TelemetrySource source;
  private final MeshInventory inventory;
  private final @Nullable GraphHistory history;
  private final Sources sources;
  private final TrafficSettings settings;
  private final TrafficProbe probe;
  private final WorkerExecutor builders;
  private final SharedTelemetry telemetry;
  private final LiveGraphs live;
  private final @Nullable HistoryRecorder recorder;
  private final Map<Duration, Indexed> indexed = new HashMap<>();

  /**
   * @param history null when nothing is stored
   */
  public Traffic(
      Vertx vertx,
      TelemetrySource source,
      MeshInventory inventory,
      @Nullable GraphHistory history,
      Sources sources,
      FrameEncoding encoding,
      TrafficSettings settings,
      TrafficProbe probe,
      Clock clock) {
    this.source = source;
    this.inventory = inventory;
    this.history = history;
    this.sources = sources;
    this.settings = settings;
    this.probe = probe;
    this.builders =
        vertx.createSharedWorkerExecutor(
            "pharos-graph", BUILDER_THREADS, BUILD_SECONDS, TimeUnit.SECONDS);
    this.telemetry = new SharedTelemetry(source, settings, clock);
    this.live =
        new LiveGraphs(
            vertx, builders, telemetry, inventory, sources, encoding, settings, probe, clock);
    this.recorder =
        history == null
            ? null
            : new HistoryRecorder(
                vertx, builders, telemetry, inventory, history, settings.window());
  }

  /** Begins to record the history, if there is a store. */
  public void start() {
    if (recorder != null) {
      recorder.start(settings.recordEvery());
    }
  }

  @Override
  public void close() {
    if (recorder != null) {
      recorder.stop();
    }
    live.close();
    builders.close();
  }

  public TrafficSettings settings() {
    return settings;
  }

  public LiveGraphs live() {
    return live;
  }

  public Sources sources() {
    return sources;
  }

  /** Runs work that is not waiting, such as encoding, off the event loop. */
  public <T> Future<T> compute(Callable<T> work) {
    return builders.executeBlocking(work, false);
  }

  /**
   * One picture.
   *
   * @param at null: the present, shared with the viewers of the live view
   */
  public Future<GraphFrame> graph(GraphView view, @Nullable Instant at) {
    if (at != null) {
      return past(at, view.window()).compose(then -> build(view, then));
    }
    GraphFrame newest = live.newest(view);
    if (newest != null) {
      return Future.succeededFuture(newest);
    }
    return telemetry
        .newest(view.window())
        .compose(reading ->
            build(
                view,
                new Moment(
                    reading.samples(), inventory.current(), reading.staleSince(), Origin.LIVE)));
  }

  private Future<GraphFrame> build(GraphView view, Moment moment) {
    return compute(() -> {
      TrafficGraph graph = probe.timed(() -> Graphs.of(moment.samples(), moment.inventory(), view));
      return new GraphFrame(
          graph,
          0,
          Graphs.topology(graph),
          sources.all(),
          moment.staleSince(),
          moment.origin(),
          Graphs.found(graph, view));
    });
  }

  /** Lists and details. */
  public Future<MeshLists> lists(Duration window, @Nullable Instant at) {
    return state(window, at)
        .map(found -> new MeshLists(found.state(), sources.all(), found.staleSince()));
  }

  private Future<Indexed> state(Duration window, @Nullable Instant at) {
    if (at != null) {
      return past(at, window)
          .compose(then ->
              compute(() ->
                  new Indexed(
                      then.samples(),
                      then.inventory(),
                      null,
                      new MeshState(then.samples(), then.inventory()))));
    }
    return telemetry
        .newest(window)
        .compose(reading -> {
          Inventory now = inventory.current();
          Indexed known = indexed(window);
          if (known != null && known.samples() == reading.samples() && known.of() == now) {
            return Future.succeededFuture(known);
          }
          return compute(() -> index(window, reading, now));
        });
  }

  private synchronized @Nullable Indexed indexed(Duration window) {
    return indexed.get(window);
  }

  private Indexed index(Duration window, Reading reading, Inventory now) {
    MeshState state = probe.timed(() -> new MeshState(reading.samples(), now));
    Indexed result = new Indexed(reading.samples(), now, reading.staleSince(), state);
    synchronized (this) {
      if (indexed.size() > settings.maxWindows()) {
        indexed.clear();
      }
      indexed.put(window, result);
    }
    return result;
  }

  /** From the source if it still knows, else from the history. */
  private Future<Moment> past(Instant at, Duration window) {
    return ask(at, window)
        .map(samples -> new Moment(samples, inventory.current(), null, Origin.SOURCE))
        .recover(cause -> {
          if (history == null || !(cause instanceof SourceUnavailable)) {
            return Future.failedFuture(cause);
          }
          return history.at(at).compose(frame -> stored(frame, cause));
        });
  }

  private Future<Samples> ask(Instant at, Duration window) {
    try {
      return source.samples(new SampleQuery(Set.of(), window, at));
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private static Future<Moment> stored(Optional<GraphHistory.Frame> frame, Throwable cause) {
    if (frame.isEmpty()) {
      return Future.failedFuture(
          new NoSuchObject("Nothing was recorded at that moment. " + cause.getMessage()));
    }
    GraphHistory.Frame found = frame.get();
    return Future.succeededFuture(
        new Moment(
            found.samples(), InventoryCodec.decode(found.inventory()), null, Origin.HISTORY));
  }

  /** Values over time of calls to or from a service or workload. */
  public Future<Series> series(Subject subject, Range range) {
    return matches(subject)
        .compose(calls ->
            source.series(
                new SeriesQuery(
                    calls,
                    range.reporter(),
                    range.by(),
                    range.from(),
                    range.to(),
                    range.step(),
                    range.rateWindow())));
  }

  private Future<List<LabelMatch>> matches(Subject subject) {
    return switch (subject) {
      case Subject.OfService s ->
          Future.succeededFuture(SeriesQuestions.service(s.namespace(), s.name()));
      case Subject.OfWorkload w ->
          Future.succeededFuture(SeriesQuestions.workload(w.namespace(), w.name(), w.inbound()));
      case Subject.OfNode n ->
          find(graph ->
              Graphs.named(graph, n.id())
                  .map(node -> n.inbound() ? SeriesQuestions.in(node) : SeriesQuestions.out(node)));
      case Subject.OfEdge e -> find(graph -> edge(graph, e.id()));
    };
  }

  private static Optional<List<LabelMatch>> edge(TrafficGraph graph, String id) {
    Map<NodeId, Node> nodes = graph.nodesById();
    for (Edge edge : graph.edges()) {
      Node from = nodes.get(edge.source());
      Node to = nodes.get(edge.target());
      if (edge.id().equals(id) && from != null && to != null) {
        return Optional.of(SeriesQuestions.edge(edge, from, to));
      }
    }
    return Optional.empty();
  }

  /** An id is a hash: what it names is found among the graphs that people look at. */
  private Future<List<LabelMatch>> find(Function<TrafficGraph, Optional<List<LabelMatch>>> search) {
    for (GraphFrame frame : live.frames()) {
      Optional<List<LabelMatch>> found = search.apply(frame.graph());
      if (found.isPresent()) {
        return Future.succeededFuture(found.get());
      }
    }
    return state(settings.window(), null)
        .compose(now ->
            compute(() -> {
              Optional<List<LabelMatch>> found =
                  search
                      .apply(now.state().workloadGraph())
                      .or(() -> search.apply(now.state().serviceGraph()));
              for (GraphKind kind : GraphKind.values()) {
                if (found.isEmpty() && kind != GraphKind.WORKLOAD) {
                  GraphOptions options = GraphOptions.DEFAULT.withKind(kind).withIdle(false, true);
                  found = search.apply(TrafficGraphs.of(now.samples(), now.of(), options));
                }
              }
              return found.orElseThrow(
                  () -> new NoSuchObject("No present graph has a node or edge of this id."));
            }));
  }

  /** Totals over time; buckets without data where there is no store. */
  public Future<List<GraphHistory.Bucket>> timeline(
      Instant from, Instant to, int buckets, Set<String> namespaces) {
    return history == null
        ? Future.failedFuture(
            new SourceUnavailable("postgres", "There is no store for the history."))
        : history.timeline(from, to, buckets, namespaces);
  }

  /** Oldest moment of the history; empty when nothing is stored. */
  public Future<Optional<Instant>> begin() {
    return history == null ? Future.succeededFuture(Optional.empty()) : history.begin();
  }

  /** Whose series are wanted. */
  public sealed interface Subject {
    record OfService(String namespace, String name) implements Subject {}

    record OfWorkload(String namespace, String name, boolean inbound) implements Subject {}

    record OfNode(String id, boolean inbound) implements Subject {}

    record OfEdge(String id) implements Subject {}
  }

  /**
   * Which values.
   *
   * @param reporter {@code source} or {@code destination}; null lets the source choose
   * @param rateWindow over which each point's rate is computed
   */
  public record Range(
      Instant from,
      Instant to,
      Duration step,
      Duration rateWindow,
      @Nullable String reporter,
      SeriesQuery.By by) {}

  private record Moment(
      Samples samples, Inventory inventory, @Nullable Instant staleSince, Origin origin) {}

  private record Indexed(
      Samples samples, Inventory of, @Nullable Instant staleSince, MeshState state) {}
}
