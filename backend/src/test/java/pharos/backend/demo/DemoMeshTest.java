package pharos.backend.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Vertx;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mesh on the wire: endpoints open where the pods say, and close again. */
final class DemoMeshTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final DemoMesh mesh = new DemoMesh(vertx, DemoOptions.stepped(7));

  @BeforeEach
  void start() throws Exception {
    mesh.start().await(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    mesh.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private List<Pod> annotatedPods() {
    return mesh.objects().stream()
        .filter(Pod.class::isInstance)
        .map(Pod.class::cast)
        .filter(pod -> pod.getMetadata().getAnnotations().containsKey("prometheus.io/scrape"))
        .toList();
  }

  private static URI endpoint(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    return URI.create(
        "http://%s:%s%s"
            .formatted(
                pod.getStatus().getPodIP(),
                annotations.get("prometheus.io/port"),
                annotations.get("prometheus.io/path")));
  }

  private String get(URI uri) throws Exception {
    var response = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as("%s", uri).isEqualTo(200);
    return response.body();
  }

  @Test
  void everyAnnotatedPod_answersWithMetrics() throws Exception {
    mesh.step(Duration.ofSeconds(20)).await(10, TimeUnit.SECONDS);

    assertThat(annotatedPods()).hasSizeGreaterThan(30);
    for (Pod pod : annotatedPods()) {
      String text = get(endpoint(pod));
      assertThat(text).as(pod.getMetadata().getName()).contains("istio_build{component=");
      for (String line : text.split("\n", -1)) {
        assertThat(line)
            .matches("|# TYPE [a-z_]+ (counter|gauge|histogram)|[a-z_]+(\\{.*})? [0-9.E]+");
      }
    }
  }

  @Test
  void close_leavesNeitherPortNorThread() throws Exception {
    URI uri = endpoint(annotatedPods().getFirst());
    assertThat(threads()).isNotEmpty();

    mesh.close().await(10, TimeUnit.SECONDS);

    Assertions.assertThrows(ConnectException.class, () -> get(uri));
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!threads().isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait(); // the pool's thread ends by itself once its queue is empty
    }
    assertThat(threads()).isEmpty();
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("demo-mesh"))
        .toList();
  }
}
