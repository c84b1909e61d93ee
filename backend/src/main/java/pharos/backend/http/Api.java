package pharos.backend.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pharos.backend.change.Access;
import pharos.backend.change.Changes;
import pharos.backend.config.LiveConfig;
import pharos.backend.http.Answers.Body;
import pharos.backend.http.HttpFailure.Kind;
import pharos.backend.http.TraceIntake.Format;
import pharos.backend.traces.Traces;
import pharos.backend.traffic.GraphView;
import pharos.backend.traffic.MeshLists;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.Traffic;
import pharos.backend.traffic.Traffic.Subject;

/** Every resource of this server. {@link #endpoints()} is the list; the OpenAPI document agrees. */
final class Api {
  static final String BASE = "/api/v1";
  private static final int MAX_BUCKETS = 1_000;

  private final Vertx vertx;
  private final Traffic traffic;
  private final StatusFacts facts;
  private final @Nullable TraceIntake intake;
  private final HttpMetrics metrics;
  private final HttpSettings settings;
  private final Clock clock;
  private final Gate gate;
  private final ConfigApi config;
  private final TracesApi traces;
  private final ChangesApi changes;
  private final Access access;
  private final byte[] openapi;
  private final Set<GraphStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  Api(
      Vertx vertx,
      Traffic traffic,
      LiveConfig config,
      Supplier<SourceStatus> configStatus,
      @Nullable Changes changes,
      Access access,
      StatusFacts facts,
      Traces traces,
      @Nullable TraceIntake intake,
      HttpMetrics metrics,
      HttpSettings settings,
      Clock clock) {
    this.vertx = vertx;
    this.traffic = traffic;
    this.facts = facts;
    this.intake = intake;
    this.metrics = metrics;
    this.settings = settings;
    this.clock = clock;
    this.gate = new Gate(settings.busy(), settings.waiting());
    this.config = new ConfigApi(vertx, gate, config, configStatus);
    this.traces = new TracesApi(vertx, gate, traces, clock);
    this.changes = new ChangesApi(vertx, gate, changes, access, config);
    this.access = access;
    this.openapi = resource("openapi.json");
  }

  /**
   * One resource.
   *
   * @param method GET answers HEAD too
   * @param path with {@code {name}} for variable parts, as OpenAPI writes it
   * @param type what it answers with, for the header Accept
   * @param stream has no time limit
   */
  record Endpoint(String method, String path, String type, boolean stream, Handling handling) {}

  /** Handles one request; throws what it refuses. */
  interface Handling {
    void handle(RoutingContext ctx);
  }

  List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>(ownEndpoints());
    all.addAll(config.endpoints());
    all.addAll(traces.endpoints());
    all.addAll(changes.endpoints());
    return List.copyOf(all);
  }

  private List<Endpoint> ownEndpoints() {
    return List.of(
        get("/livez", "text/plain", ctx -> plain(ctx, "ok\n")),
        get("/readyz", "text/plain", this::ready),
        get("/metrics", "text/plain", this::metrics),
        get(BASE + "/status", this::status),
        get(BASE + "/openapi.json", this::openapi),
        get(BASE + "/namespaces", this::namespaces),
        get(BASE + "/services", this::services),
        get(BASE + "/services/{namespace}/{name}", this::service),
        get(BASE + "/services/{namespace}/{name}/metrics", this::serviceMetrics),
        get(BASE + "/workloads", this::workloads),
        get(BASE + "/workloads/{namespace}/{name}", this::workload),
        get(BASE + "/workloads/{namespace}/{name}/metrics", this::workloadMetrics),
        get(BASE + "/nodes/{id}/metrics", this::nodeMetrics),
        get(BASE + "/edges/{id}/metrics", this::edgeMetrics),
        get(BASE + "/graph", this::graph),
        new Endpoint("GET", BASE + "/graph/stream", "text/event-stream", true, this::stream),
        get(BASE + "/graph/timeline", this::timeline),
        get(BASE + "/graph/find", this::find),
        new Endpoint("POST", "/v1/traces", "*/*", false, ctx -> spans(ctx, Format.OTLP)),
        new Endpoint("POST", "/api/v2/spans", "*/*", false, ctx -> spans(ctx, Format.ZIPKIN)));
  }

  static Endpoint get(String path, Handling handling) {
    return get(path, "application/json", handling);
  }

  private static Endpoint get(String path, String type, Handling handling) {
    return new Endpoint("GET", path, type, false, handling);
  }

  /** Ends all streams; new requests are refused from now on. */
  void stop() {
    stopping = true;
    streams.forEach(GraphStream::end);
  }

  int openStreams() {
    return streams.size();
  }

  // ---- the process

  private void plain(RoutingContext ctx, String text) {
    Query.of(ctx).done();
    Answers.send(ctx, 200, "text/plain; charset=utf-8", new Body(Buffer.buffer(text), false));
  }

  /** Ready also in degraded mode: a dashboard that hides when a source is down is no help. */
  private void ready(RoutingContext ctx) {
    if (stopping) {
      throw new HttpFailure(Kind.STOPPING, "The process ends.");
    }
    plain(ctx, "ready\n");
  }

  private void metrics(RoutingContext ctx) {
    Query.of(ctx).done();
    boolean gzip = Guards.acceptsGzip(ctx);
    vertx
        .executeBlocking(
            () -> Answers.body(metrics.text().getBytes(StandardCharsets.UTF_8), gzip), false)
        .onSuccess(body -> Answers.send(ctx, 200, "text/plain; version=0.0.4; charset=utf-8", body))
        .onFailure(ctx::fail);
  }

  private void openapi(RoutingContext ctx) {
    Query.of(ctx).done();
    answer(ctx, vertx.executeBlocking(() -> body(ctx, openapi), false));
  }

  private void status(RoutingContext ctx) {
    Query.of(ctx).done();
    answer(
        ctx,
        traffic
            .begin()
            .recover(_ -> Future.succeededFuture(Optional.empty()))
            .map(begin -> body(ctx, statusJson(begin.orElse(null)))));
  }

  private byte[] statusJson(@Nullable Instant begin) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeStringField("version", facts.version());
      out.writeBooleanField("demo", facts.demo());
      Json.time(out, "startedAt", facts.startedAt());
      Json.time(out, "now", clock.instant());
      out.writeBooleanField("readOnly", !access.edit());
      out.writeStringField("clusterName", facts.clusterName());
      out.writeObjectFieldStart("identity");
      out.writeStringField("name", access.name());
      out.writeStringField("kind", access.kind());
      out.writeEndObject();
      out.writeObjectFieldStart("permissions");
      out.writeBooleanField("edit", access.edit());
      out.writeStringField("reason", access.reason());
      out.writeEndObject();
      SourceJson.sources(out, traffic.sources().all());
      out.writeObjectFieldStart("defaults");
      out.writeStringField("window", traffic.settings().window().toString());
      out.writeStringField("refresh", traffic.settings().refresh().toString());
      Json.time(out, "retentionStart", begin);
      out.writeEndObject();
      out.writeEndObject();
    });
  }

  // ---- graphs

  private void graph(RoutingContext ctx) {
    Query query = Query.of(ctx);
    Instant at = query.moment("at", clock.instant());
    GraphView view = Views.graph(query, traffic.settings().window());
    query.done();
    boolean gzip = Guards.acceptsGzip(ctx);
    answer(
        ctx,
        gate.pass(() ->
            traffic
                .graph(view, at)
                .compose(frame ->
                    traffic.compute(() -> Answers.body(GraphJson.document(frame), gzip)))));
  }

  private void stream(RoutingContext ctx) {
    Query query = Query.of(ctx);
    GraphView view = Views.graph(query, traffic.settings().window());
    query.done();
    if (stopping) {
      throw new HttpFailure(Kind.STOPPING, "The process ends.");
    }
    GraphStream[] self = new GraphStream[1];
    GraphStream stream =
        new GraphStream(
            vertx,
            ctx.response(),
            Guards.acceptsGzip(ctx),
            metrics,
            settings,
            () -> streams.remove(self[0]));
    self[0] = stream;
    stream.open(traffic.live(), view, Guards.single(ctx, "Last-Event-ID"));
    streams.add(stream);
  }

  private void find(RoutingContext ctx) {
    Query query = Query.of(ctx);
    String expression = query.required("expr", 1_000);
    query.done();
    GraphView.checkExpression("expr", expression);
    answer(
        ctx,
        Future.succeededFuture(
            body(
                ctx,
                Json.bytes(out -> {
                  out.writeStartObject();
                  out.writeBooleanField("valid", true);
                  out.writeStringField("expr", expression);
                  out.writeEndObject();
                }))));
  }

  private void timeline(RoutingContext ctx) {
    Query query = Query.of(ctx);
    Instant now = clock.instant();
    Instant end = query.past("to", now);
    Instant to = end == null ? now : end;
    Instant start = query.past("from", now);
    Instant from = start == null ? to.minus(Duration.ofHours(1)) : start;
    int buckets = query.integer("buckets", 120, 1, MAX_BUCKETS);
    Set<String> namespaces = query.namespaces("namespace");
    if (!from.isBefore(to)) {
      query.refuse("from", from.toString(), "a time before " + to);
    }
    query.done();
    answer(
        ctx,
        gate.pass(() ->
            traffic
                .timeline(from, to, buckets, namespaces)
                .map(found -> body(ctx, SeriesJson.timeline(from, to, found)))));
  }

  // ---- lists

  private void namespaces(RoutingContext ctx) {
    lists(ctx, Query.of(ctx), ListJson::namespaces);
  }

  private void services(RoutingContext ctx) {
    Query query = Query.of(ctx);
    Set<String> namespaces = query.namespaces("namespace");
    lists(ctx, query, lists -> ListJson.services(lists, namespaces));
  }

  private void service(RoutingContext ctx) {
    String namespace = namespace(ctx);
    String name = name(ctx);
    lists(ctx, Query.of(ctx), lists -> ListJson.service(lists, namespace, name));
  }

  private void workloads(RoutingContext ctx) {
    Query query = Query.of(ctx);
    Set<String> namespaces = query.namespaces("namespace");
    lists(ctx, query, lists -> ListJson.workloads(lists, namespaces));
  }

  private void workload(RoutingContext ctx) {
    String namespace = namespace(ctx);
    String name = name(ctx);
    lists(ctx, Query.of(ctx), lists -> ListJson.workload(lists, namespace, name));
  }

  private void lists(RoutingContext ctx, Query query, Function<MeshLists, byte[]> encode) {
    Duration window = Views.window(query, traffic.settings().window());
    Instant at = query.moment("at", clock.instant());
    query.done();
    boolean gzip = Guards.acceptsGzip(ctx);
    answer(
        ctx,
        gate.pass(() ->
            traffic
                .lists(window, at)
                .compose(lists -> traffic.compute(() -> Answers.body(encode.apply(lists), gzip)))));
  }

  // ---- series

  private void serviceMetrics(RoutingContext ctx) {
    String namespace = namespace(ctx);
    String name = name(ctx);
    // A service is only ever called.
    series(ctx, Map.of("in", true), _ -> new Subject.OfService(namespace, name));
  }

  private void workloadMetrics(RoutingContext ctx) {
    String namespace = namespace(ctx);
    String name = name(ctx);
    series(ctx, DIRECTIONS, inbound -> new Subject.OfWorkload(namespace, name, inbound));
  }

  private void nodeMetrics(RoutingContext ctx) {
    String id = hash(ctx);
    series(ctx, DIRECTIONS, inbound -> new Subject.OfNode(id, inbound));
  }

  private void edgeMetrics(RoutingContext ctx) {
    String id = hash(ctx);
    series(ctx, DIRECTIONS, _ -> new Subject.OfEdge(id));
  }

  private static final Map<String, Boolean> DIRECTIONS = Map.of("in", true, "out", false);

  private void series(
      RoutingContext ctx, Map<String, Boolean> directions, Function<Boolean, Subject> subject) {
    Query query = Query.of(ctx);
    boolean inbound = query.choice("direction", true, directions);
    Traffic.Range range = Views.range(query, clock.instant(), inbound);
    query.done();
    boolean gzip = Guards.acceptsGzip(ctx);
    answer(
        ctx,
        gate.pass(() ->
            traffic
                .series(subject.apply(inbound), range)
                .compose(series ->
                    traffic.compute(() ->
                        Answers.body(
                            SeriesJson.metrics(range, series, traffic.sources().all()), gzip)))));
  }

  // ---- spans

  private void spans(RoutingContext ctx, Format format) {
    Query.of(ctx).done();
    TraceIntake receiver = intake;
    if (receiver == null) {
      throw new HttpFailure(Kind.NOT_FOUND, "This process takes no spans.");
    }
    String type = ctx.request().getHeader("Content-Type");
    if (type == null && format == Format.OTLP) {
      throw new HttpFailure(
          Kind.UNSUPPORTED_TYPE, "Send application/x-protobuf or application/json.");
    }
    Buffer body = ctx.body().buffer();
    receiver
        .accept(
            format,
            body == null ? Buffer.buffer() : body,
            type,
            ctx.request().getHeader("Content-Encoding"))
        .onSuccess(reply -> {
          Integer retryAfter = reply.retryAfterSeconds();
          if (retryAfter != null) {
            ctx.response().putHeader("Retry-After", retryAfter.toString());
          }
          Answers.send(ctx, reply.status(), reply.contentType(), new Body(reply.body(), false));
        })
        .onFailure(ctx::fail);
  }

  // ---- shared

  static void answer(RoutingContext ctx, Future<Body> body) {
    body.onSuccess(found -> Answers.json(ctx, found)).onFailure(ctx::fail);
  }

  private static Body body(RoutingContext ctx, byte[] json) {
    return Answers.body(json, Guards.acceptsGzip(ctx));
  }

  private static String namespace(RoutingContext ctx) {
    return checked(ctx, "namespace", Names::isLabel);
  }

  private static String name(RoutingContext ctx) {
    return checked(ctx, "name", Names::isSubdomain);
  }

  private static String hash(RoutingContext ctx) {
    return checked(ctx, "id", Names::isHash);
  }

  static String checked(RoutingContext ctx, String part, Predicate<String> rule) {
    String value = ctx.pathParam(part);
    if (value == null || !rule.test(value)) {
      throw new HttpFailure(Kind.NOT_FOUND, "The path does not name an object.");
    }
    return value;
  }

  private static byte[] resource(String name) {
    try (InputStream in = Api.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
