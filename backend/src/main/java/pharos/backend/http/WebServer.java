package pharos.backend.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pharos.backend.http.Api.Endpoint;
import pharos.backend.http.HttpFailure.Kind;
import pharos.backend.change.Access;
import pharos.backend.change.Changes;
import pharos.backend.config.LiveConfig;
import pharos.backend.traces.Traces;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.Traffic;

/** The HTTP server: guards, resources, pages. Start reading at {@link #router}. */
public final class WebServer {
  private static final int URI_CHARACTERS = 4_096;
  private static final int HEADER_BYTES = 16 << 10;
  private static final int BODY_BYTES = 8 << 20;
  private static final int SEND_BUFFER = 64 << 10;
  private static final int IDLE_SECONDS = 75;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final HttpMetrics metrics;
  private final Api api;
  private final Guards guards;
  private final HttpServer server;

  /**
   * @param config the live configuration
   * @param configStatus health and age of what it is read from
   * @param changes null where there is no cluster to change
   * @param access what the users of this server may do
   * @param intake null when no spans are taken
   */
  public WebServer(
      Vertx vertx,
      HttpSettings settings,
      Traffic traffic,
      LiveConfig config,
      Supplier<SourceStatus> configStatus,
      @Nullable Changes changes,
      Access access,
      StatusFacts facts,
      Traces traces,
      HttpMetrics metrics,
      @Nullable TraceIntake intake,
      Clock clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.metrics = metrics;
    this.api =
        new Api(
            vertx,
            traffic,
            config,
            configStatus,
            changes,
            access,
            facts,
            traces,
            intake,
            metrics,
            settings,
            clock);
    this.guards = new Guards(settings);
    this.server = vertx.createHttpServer(options());
    server.requestHandler(router());
    server.invalidRequestHandler(this::unreadable);
  }

  /** Listens; the result is the port. */
  public Future<Integer> listen() {
    return server.listen(settings.port(), settings.host()).map(HttpServer::actualPort);
  }

  /** Says goodbye to all streams, then stops. */
  public Future<Void> close() {
    api.stop();
    return server.shutdown(2, TimeUnit.SECONDS);
  }

  private static HttpServerOptions options() {
    HttpServerOptions options = new HttpServerOptions();
    options.setMaxInitialLineLength(URI_CHARACTERS + 64);
    options.setMaxHeaderSize(HEADER_BYTES);
    options.setMaxFormAttributeSize(0);
    options.setHttp2ClearTextEnabled(false);
    options.setHandle100ContinueAutomatically(false);
    options.setIdleTimeout(IDLE_SECONDS);
    options.setSendBufferSize(SEND_BUFFER);
    options.setTcpNoDelay(true);
    return options;
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route().handler(this::begin).failureHandler(this::failed);
    Map<String, List<Endpoint>> byPath = new LinkedHashMap<>();
    for (Endpoint endpoint : api.endpoints()) {
      byPath.computeIfAbsent(endpoint.path(), _ -> new ArrayList<>()).add(endpoint);
    }
    byPath.forEach((path, endpoints) -> resource(router, path, endpoints));
    StaticPages pages = new StaticPages(vertx, WebServer.class.getClassLoader());
    router.route().handler(ctx -> pages(ctx, pages));
    for (int status : new int[] {400, 404, 405, 406, 413, 415, 500}) {
      router.errorHandler(status, this::failed);
    }
    return router;
  }

  /** Before everything else: the answer's headers, the clock, and who asks. */
  private void begin(RoutingContext ctx) {
    long start = System.nanoTime();
    String id = Guards.requestId(ctx);
    Guards.headers(ctx.response().headers());
    ctx.response().putHeader("X-Request-Id", id);
    ctx.addEndHandler(_ -> {
      String route = ctx.get("route");
      metrics.request(
          method(ctx),
          route == null ? "pages" : route,
          ctx.response().getStatusCode(),
          (System.nanoTime() - start) / 1e9);
    });
    guards.check(ctx);
    if (ctx.request().path() == null || !Names.isCanonicalPath(ctx.request().path())) {
      throw new HttpFailure(Kind.NOT_FOUND, "Nothing is served under this path.");
    }
    ctx.next();
  }

  /** Only known methods become a label. */
  private static String method(RoutingContext ctx) {
    String name = ctx.request().method().name();
    return switch (name) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> name;
      default -> "other";
    };
  }

  private void resource(Router router, String path, List<Endpoint> endpoints) {
    TreeSet<String> allowed = new TreeSet<>();
    for (Endpoint endpoint : endpoints) {
      allowed.add(endpoint.method());
      if (endpoint.method().equals("GET") && !endpoint.stream()) {
        allowed.add("HEAD");
      }
    }
    String allow = String.join(", ", allowed);
    String template = path.replace("{", ":").replace("}", "");
    router
        .route(template)
        .handler(ctx -> {
          ctx.put("route", path);
          if (!ctx.request().path().equals("/") && ctx.request().path().endsWith("/")) {
            throw new HttpFailure(Kind.NOT_FOUND, "Nothing is served under this path.");
          }
          if (!allowed.contains(ctx.request().method().name())) {
            throw HttpFailure.methodNotAllowed(allow);
          }
          ctx.next();
        });
    for (Endpoint endpoint : endpoints) {
      if (endpoint.method().equals("POST")) {
        router.route(template).handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES));
      }
      router
          .route(template)
          .handler(ctx -> {
            String method = ctx.request().method().name();
            boolean matches =
                method.equals(endpoint.method())
                    || (method.equals("HEAD") && endpoint.method().equals("GET"));
            if (!matches) {
              ctx.next();
              return;
            }
            handle(ctx, endpoint);
          });
    }
  }

  private void handle(RoutingContext ctx, Endpoint endpoint) {
    if (!endpoint.type().equals("*/*") && !Guards.accepts(ctx, endpoint.type())) {
      throw new HttpFailure(Kind.NOT_ACCEPTABLE, "This resource is " + endpoint.type() + ".");
    }
    if (!endpoint.stream()) {
      long timer =
          vertx.setTimer(
              settings.answerTimeout().toMillis(), _ -> Answers.fail(ctx, Problem.forStatus(503)));
      ctx.addEndHandler(_ -> vertx.cancelTimer(timer));
    }
    if (endpoint.method().equals("POST") && endpoint.path().startsWith(Api.BASE)) {
      Guards.mutation(ctx);
    }
    endpoint.handling().handle(ctx);
  }

  private static void pages(RoutingContext ctx, StaticPages pages) {
    String path = ctx.request().path();
    if (path.startsWith("/api/") || path.equals("/api") || path.startsWith("/v1/")) {
      throw new HttpFailure(Kind.NOT_FOUND, "There is no such resource; see /api/v1/openapi.json.");
    }
    String method = ctx.request().method().name();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw HttpFailure.methodNotAllowed("GET, HEAD");
    }
    pages.serve(ctx);
  }

  private void failed(RoutingContext ctx) {
    Throwable failure = ctx.failure();
    Answers.fail(ctx, failure == null ? Problem.forStatus(ctx.statusCode()) : failure);
  }

  /** What is no HTTP, or too long to be read, never reaches the router. */
  private void unreadable(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    int status =
        switch (cause) {
          case TooLongHttpLineException _ -> 414;
          case TooLongHttpHeaderException _ -> 431;
          case null, default -> 400;
        };
    Problem problem = Problem.of(Problem.forStatus(status));
    Guards.headers(request.response().headers());
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Connection", "close")
        .end(Buffer.buffer(problem.json("")));
    metrics.request("other", "unreadable", status, 0);
    request.connection().close();
  }
}
