package pharos.backend.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pharos.backend.demo.model.PodFact;

/** A thousand services open their endpoints, answer and close again. Prints what it took. */
@Tag("slow")
@Timeout(120)
final class LargeDemoMeshTest {
  private static final int AT_ONCE = 16;

  private final Vertx vertx = Vertx.vertx();

  @Test
  void thousandServices_startAnswerAndStop() throws Exception {
    var mesh = new DemoMesh(vertx, DemoOptions.stepped(1).withServices(1_000));
    long begin = System.nanoTime();
    mesh.start().await(60, TimeUnit.SECONDS);
    long started = System.nanoTime();
    int objects = mesh.objects().size();
    long described = System.nanoTime();
    mesh.step(Duration.ofSeconds(20)).await(60, TimeUnit.SECONDS);

    long scraping = System.nanoTime();
    HttpClient client =
        vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(1));
    List<PodFact> pods = PodFact.of(mesh.model().workloads());
    long bytes = 0;
    for (int from = 0; from < pods.size(); from += AT_ONCE) {
      List<Future<Buffer>> answers =
          pods.subList(from, Math.min(pods.size(), from + AT_ONCE)).stream()
              .map(pod ->
                  client
                      .request(
                          HttpMethod.GET, mesh.metricsPort(), pod.address(), "/stats/prometheus")
                      .compose(request -> request.send())
                      .compose(HttpClientResponse::body))
              .toList();
      for (Future<Buffer> answer : answers) {
        bytes += answer.await(30, TimeUnit.SECONDS).length();
      }
    }
    long scraped = System.nanoTime();
    mesh.close().await(30, TimeUnit.SECONDS);

    System.out.printf(
        "1,000 services: start %d ms, %d objects in %d ms, %d scrapes of %d MB in %d ms, heap %d"
            + " MB%n",
        (started - begin) / 1_000_000,
        objects,
        (described - started) / 1_000_000,
        pods.size(),
        bytes / 1_000_000,
        (scraped - scraping) / 1_000_000,
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    assertThat(pods).hasSizeGreaterThan(1_300);
    assertThat(bytes).isGreaterThan(20_000_000);
    vertx.close().await(10, TimeUnit.SECONDS);
  }
}
