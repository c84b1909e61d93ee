package pharos.backend.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pharos.backend.http.Api.Endpoint;
import pharos.backend.http.HttpFailure.Kind;
import pharos.backend.traces.Expression;
import pharos.backend.traces.SpanIds;
import pharos.backend.traces.TraceId;
import pharos.backend.traces.TraceQuestion;
import pharos.backend.traces.TraceStore.Place;
import pharos.backend.traces.Traces;

/** Traces: search, one trace, its rows, one span. */
final class TracesApi {
  private static final String BASE = Api.BASE + "/traces";
  private static final Duration DEFAULT_RANGE = Duration.ofHours(1);
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 500;
  private static final int MAX_EXPRESSION = 2_000;

  private final Vertx vertx;
  private final Gate gate;
  private final Traces traces;
  private final Clock clock;

  TracesApi(Vertx vertx, Gate gate, Traces traces, Clock clock) {
    this.vertx = vertx;
    this.gate = gate;
    this.traces = traces;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Api.get(BASE, this::search),
        Api.get(BASE + "/names", this::names),
        Api.get(BASE + "/{id}", this::trace),
        Api.get(BASE + "/{id}/skeleton", this::skeleton),
        Api.get(BASE + "/{id}/spans/{spanId}", this::span));
  }

  private void search(RoutingContext ctx) {
    Query query = Query.of(ctx);
    Instant now = clock.instant();
    String text = query.text("q", MAX_EXPRESSION);
    Instant end = query.past("to", now);
    Instant to = end == null ? now : end;
    Instant start = query.past("from", now);
    Instant from = start == null ? to.minus(DEFAULT_RANGE) : start;
    int limit = query.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    Place after = place(query, "cursor");
    if (!from.isBefore(to)) {
      query.refuse("from", from.toString(), "a time before " + to);
    }
    query.done();
    Expression expression = Expression.parse(text == null ? "" : text);
    answer(
        ctx,
        traces.search(new TraceQuestion(expression, from, to, after, limit)),
        page -> TraceListJson.page(page, from, to));
  }

  /** {@code microseconds-traceId}, as we wrote it. */
  private static @Nullable Place place(Query query, String name) {
    String text = query.text(name, 60);
    if (text == null) {
      return null;
    }
    int dash = text.indexOf('-');
    try {
      if (dash > 0) {
        long micros = Long.parseLong(text, 0, dash, 10);
        var trace = TraceId.parse(text.substring(dash + 1));
        if (trace.isPresent()) {
          return new Place(micros, trace.get());
        }
      }
    } catch (NumberFormatException e) {
      // Falls through to the refusal.
    }
    query.refuse(name, text, "the cursor of an answer");
    return null;
  }

  private void names(RoutingContext ctx) {
    Query.of(ctx).done();
    answer(ctx, traces.names(), TraceListJson::names);
  }

  private void trace(RoutingContext ctx) {
    Query.of(ctx).done();
    TraceId id = id(ctx);
    answer(ctx, traces.trace(id), trace -> OtlpTraceJson.of(trace.resources()));
  }

  private void skeleton(RoutingContext ctx) {
    Query query = Query.of(ctx);
    boolean adjusted = query.choice("clock", false, Map.of("raw", false, "adjusted", true));
    query.done();
    TraceId id = id(ctx);
    answer(ctx, traces.trace(id), trace -> SkeletonJson.of(trace, adjusted));
  }

  private void span(RoutingContext ctx) {
    Query.of(ctx).done();
    TraceId id = id(ctx);
    long spanId =
        SpanIds.parse(ctx.pathParam("spanId"))
            .orElseThrow(
                () -> new HttpFailure(Kind.NOT_FOUND, "The path does not name a span of a trace."));
    answer(ctx, traces.span(id, spanId), SpanJson::of);
  }

  private static TraceId id(RoutingContext ctx) {
    return TraceId.parse(ctx.pathParam("id"))
        .orElseThrow(() -> new HttpFailure(Kind.NOT_FOUND, "The path does not name a trace."));
  }

  /** Encodes away from the event loop, a few at a time. */
  private <T> void answer(RoutingContext ctx, Future<T> found, Function<T, byte[]> encode) {
    boolean gzip = Guards.acceptsGzip(ctx);
    Api.answer(
        ctx,
        gate.pass(() ->
            found.compose(value ->
                vertx.executeBlocking(() -> Answers.body(encode.apply(value), gzip), false))));
  }
}
