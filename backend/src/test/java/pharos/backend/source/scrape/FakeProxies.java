package pharos.backend.source.scrape;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Proxies that print what a test tells them to; each at its own path. */
final class FakeProxies implements ScrapeTargets, AutoCloseable {
  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final Map<String, Integer> broken = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new ArrayList<>();
  private final HttpServer server;

  FakeProxies(Vertx vertx) throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(request -> {
              String pod = request.path().substring(1);
              int status = broken.getOrDefault(pod, 200);
              if (status == 0) {
                return; // never answers
              }
              request.response().setStatusCode(status).end(texts.getOrDefault(pod, ""));
            })
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
  }

  void print(String pod, String text) {
    texts.put(pod, text);
  }

  /** Answers with this status from now on; 0 never answers. */
  void breakDown(String pod, int status) {
    broken.put(pod, status);
  }

  void remove(String pod) {
    texts.remove(pod);
    listeners.forEach(Runnable::run);
  }

  @Override
  public List<ScrapeTarget> current() {
    return texts.keySet().stream()
        .sorted()
        .map(pod ->
            new ScrapeTarget(
                "shop", pod, "", URI.create("http://127.0.0.1:" + server.actualPort() + "/" + pod)))
        .toList();
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    server.close();
  }
}
