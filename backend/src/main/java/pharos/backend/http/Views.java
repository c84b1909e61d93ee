package pharos.backend.http;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.GraphView;
import pharos.backend.traffic.TelemetrySource.SeriesQuery.By;
import pharos.backend.traffic.Traffic;
import pharos.graph.Box;
import pharos.graph.GraphKind;
import pharos.graph.GraphOptions;
import pharos.graph.GraphOptions.GrpcRate;
import pharos.graph.GraphOptions.HttpRate;
import pharos.graph.GraphOptions.TcpRate;

/** Parameters of graphs, lists and series. */
final class Views {
  static final Duration LEAST_WINDOW = Duration.ofSeconds(10);
  static final Duration MOST_WINDOW = Duration.ofDays(7);
  private static final int EXPRESSION = 1_000;
  private static final int MAX_POINTS = 2_000;
  private static final int MAX_HOPS = 5;

  /** Four scrapes at the usual 15 s: the least from which a rate can be trusted. */
  private static final Duration LEAST_RATE_WINDOW = Duration.ofMinutes(1);

  private static final Map<String, GraphKind> KINDS =
      named(GraphKind.values(), GraphKind::wireName);
  private static final Map<String, Box.Kind> BOXES = named(Box.Kind.values(), Box.Kind::wireName);
  private static final Map<String, GrpcRate> GRPC =
      Map.of(
          "none", GrpcRate.NONE,
          "requests", GrpcRate.REQUESTS,
          "sent", GrpcRate.SENT,
          "received", GrpcRate.RECEIVED,
          "total", GrpcRate.TOTAL);
  private static final Map<String, TcpRate> TCP =
      Map.of(
          "none", TcpRate.NONE,
          "sent", TcpRate.SENT,
          "received", TcpRate.RECEIVED,
          "total", TcpRate.TOTAL);

  private Views() {}

  private static <E> Map<String, E> named(E[] values, Function<E, String> name) {
    Map<String, E> byName = new LinkedHashMap<>();
    for (E value : values) {
      byName.put(name.apply(value), value);
    }
    return byName;
  }

  /** The view that the parameters describe; {@link Query#done} is the caller's. */
  static GraphView graph(Query query, Duration defaultWindow) {
    Set<Box.Kind> boxes = new HashSet<>(query.choices("boxBy", BOXES));
    Set<String> namespaces = query.namespaces("namespace");
    GraphOptions options =
        GraphOptions.DEFAULT
            .withKind(query.choice("kind", GraphKind.WORKLOAD, KINDS))
            .withNamespaces(namespaces)
            .withBoxBy(boxes.toArray(Box.Kind[]::new))
            .withInjectServiceNodes(query.flag("injectServiceNodes", false))
            .withIdle(query.flag("idleEdges", false), query.flag("idleNodes", false))
            .withRates(
                HttpRate.REQUESTS,
                query.choice("rateGrpc", GrpcRate.REQUESTS, GRPC),
                query.choice("rateTcp", TcpRate.SENT, TCP))
            .withAmbient(GraphOptions.AmbientTraffic.TOTAL, query.flag("waypoints", true));
    Duration window = window(query, defaultWindow);
    String focus = query.text("focus", 400);
    int hops = query.integer("hops", 1, 1, MAX_HOPS);
    String find = query.text("find", EXPRESSION);
    String hide = query.text("hide", EXPRESSION);
    return new GraphView(
        options, window, find, hide, focus == null ? null : new GraphView.Focus(focus, hops));
  }

  static Duration window(Query query, Duration defaultWindow) {
    return query.duration("window", defaultWindow, LEAST_WINDOW, MOST_WINDOW);
  }

  /** The chart that the parameters describe. */
  static Traffic.Range range(Query query, Instant now, boolean inbound) {
    Duration window =
        query.duration(
            "window", Duration.ofMinutes(30), Duration.ofMinutes(1), Duration.ofDays(30));
    Duration step =
        query.duration("step", defaultStep(window), Duration.ofSeconds(1), Duration.ofDays(1));
    if (window.dividedBy(step) > MAX_POINTS) {
      query.refuse(
          "step", step.toString(), "long enough for at most %d points".formatted(MAX_POINTS));
    }
    Instant at = query.moment("at", now);
    Instant to = aligned(at == null ? now : at, step);
    @Nullable String reporter =
        query.choice(
            "reporter", "", Map.of("source", "source", "destination", "destination", "both", ""));
    By version = inbound ? By.DESTINATION_VERSION : By.SOURCE_VERSION;
    By by =
        query.choice(
            "by", By.NONE, Map.of("none", By.NONE, "version", version, "code", By.RESPONSE_CODE));
    return new Traffic.Range(
        to.minus(window),
        to,
        step,
        step.compareTo(LEAST_RATE_WINDOW) > 0 ? step : LEAST_RATE_WINDOW,
        reporter.isEmpty() ? null : reporter,
        by);
  }

  /** On multiples of the step: two askers, or one that asks again, get the same points. */
  private static Instant aligned(Instant at, Duration step) {
    long seconds = at.getEpochSecond();
    return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, step.toSeconds()));
  }

  /** About 180 points, in steps that people read. */
  private static Duration defaultStep(Duration window) {
    for (int seconds : List.of(5, 10, 15, 30, 60, 300, 900, 3600, 14_400)) {
      if (window.toSeconds() / seconds <= 180) {
        return Duration.ofSeconds(seconds);
      }
    }
    return Duration.ofDays(1);
  }
}
