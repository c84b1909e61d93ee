package pharos.backend.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.demo.model.PodFact;
import pharos.backend.demo.model.Workload;
import pharos.backend.demo.simulation.MeshSimulation;
import pharos.backend.demo.simulation.TextWriter;

/** Owns the simulation at run time: every access to it happens on this verticle's one thread. */
final class ProxyVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyVerticle.class);
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** A chosen port may be taken on one of the other addresses; then another one is chosen. */
  private static final int PORT_CHOICES = 5;

  /** After a pause of the process, time does not catch up more than this at once. */
  private static final Duration MAX_LEAP = Duration.ofSeconds(2);

  private final MeshSimulation simulation;
  private final DemoOptions options;
  private final TextWriter text = new TextWriter();
  private final List<HttpServer> servers = new ArrayList<>();
  private @Nullable OtlpExporter exporter;
  private volatile int port;
  private long lastNanos;

  ProxyVerticle(MeshSimulation simulation, DemoOptions options) {
    this.simulation = simulation;
    this.options = options;
  }

  @Override
  public Future<?> start() {
    if (options.otlp() != null) {
      exporter = new OtlpExporter(vertx, options.otlp(), options.startedAt());
    }
    return listen(PORT_CHOICES).onSuccess(_ -> runTime());
  }

  private Future<Void> listen(int choicesLeft) {
    List<PodFact> pods = simulation.pods();
    return serve(0, pods.getFirst(), 0)
        .compose(first -> {
          port = first.actualPort();
          var rest = new ArrayList<Future<HttpServer>>();
          for (int i = 1; i < pods.size(); i++) {
            Workload workload = pods.get(i).workload();
            if (workload.dataPlane() != Workload.DataPlane.NONE || workload.isControlPlane()) {
              rest.add(serve(i, pods.get(i), port));
            }
          }
          return Future.join(rest);
        })
        .<Void>mapEmpty()
        .recover(failure -> {
          if (choicesLeft <= 1) {
            return Future.failedFuture(failure);
          }
          return closeServers().compose(_ -> listen(choicesLeft - 1));
        });
  }

  private Future<HttpServer> serve(int index, PodFact pod, int wanted) {
    HttpServer server =
        vertx.createHttpServer(
            // HTTP/1.1 only, as Envoy's own metrics listener: no upgrade to answer.
            new HttpServerOptions()
                .setHost(pod.address())
                .setPort(wanted)
                .setHttp2ClearTextEnabled(false));
    servers.add(server);
    return server.requestHandler(request -> scrape(index, pod, request)).listen();
  }

  private void scrape(int index, PodFact pod, HttpServerRequest request) {
    if (!request.path().equals("/stats/prometheus") && !request.path().equals("/metrics")) {
      var _ = request.response().setStatusCode(404).end();
      return;
    }
    text.clear();
    if (pod.workload().isControlPlane()) {
      simulation.renderControlPlane(text);
    } else {
      simulation.render(index, text);
    }
    var _ =
        request
            .response()
            .putHeader("Content-Type", PROMETHEUS_TEXT)
            .end(Buffer.buffer(text.toBytes()));
  }

  private void runTime() {
    Duration pace = options.pace();
    if (pace == null) {
      return;
    }
    lastNanos = System.nanoTime();
    vertx.setPeriodic(
        pace.toMillis(),
        _ -> {
          long now = System.nanoTime();
          long passed = Math.min(now - lastNanos, MAX_LEAP.toNanos());
          lastNanos = now;
          advance(Duration.ofNanos((long) (passed * options.speed())));
        });
  }

  /** Lets time pass. On this verticle's thread only. */
  void advance(Duration time) {
    simulation.step(time);
    OtlpExporter out = exporter;
    if (out != null) {
      simulation.drainSpans(out::offer);
      out.flush();
    }
  }

  long droppedSpans() {
    return exporter == null ? 0 : exporter.dropped();
  }

  int port() {
    return port;
  }

  /** Runs this on the verticle's thread. */
  Future<Void> call(Runnable action) {
    return ask(
            () -> {
              action.run();
              return true;
            })
        .mapEmpty();
  }

  /** Computes this on the verticle's thread. */
  <T> Future<T> ask(Supplier<T> question) {
    Promise<T> answer = Promise.promise();
    context.runOnContext(_ -> {
      try {
        answer.complete(question.get());
      } catch (RuntimeException e) {
        answer.fail(e);
      }
    });
    return answer.future();
  }

  private Future<Void> closeServers() {
    List<Future<Void>> closing = servers.stream().map(HttpServer::close).toList();
    servers.clear();
    return Future.join(closing).mapEmpty();
  }

  @Override
  public Future<?> stop() {
    if (exporter != null) {
      exporter.close();
    }
    LOG.debug("demo mesh stopped after {}", simulation.elapsed());
    return closeServers();
  }
}
