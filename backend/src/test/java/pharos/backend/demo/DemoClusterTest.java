package pharos.backend.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pharos.backend.demo.apiserver.ApiServer;
import pharos.backend.demo.model.AppProtocol;
import pharos.backend.demo.simulation.GroundTruth;
import pharos.backend.demo.simulation.GroundTruth.Edge;

/** An edit through the API server moves the simulated traffic. */
@Timeout(30)
final class DemoClusterTest {
  private static final String REVIEWS =
      "/apis/networking.istio.io/v1/namespaces/bookinfo/virtualservices/reviews";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final DemoCluster cluster =
      new DemoCluster(vertx, DemoOptions.stepped(1), Clock.systemUTC(), ApiServer.Options.DEFAULT);
  private String url = "";

  @BeforeEach
  void start() throws Exception {
    url = cluster.start().await(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private long requests(GroundTruth truth, String version) {
    return truth
        .of(
            new Edge(
                "bookinfo",
                "productpage-v1",
                "reviews.bookinfo.svc.cluster.local",
                "bookinfo",
                "reviews-" + version,
                AppProtocol.HTTP))
        .requests();
  }

  private GroundTruth step(Duration time) throws Exception {
    GroundTruth before = cluster.mesh().truth().await(5, TimeUnit.SECONDS);
    cluster.mesh().step(time).await(10, TimeUnit.SECONDS);
    return cluster.mesh().truth().await(5, TimeUnit.SECONDS).since(before);
  }

  @Test
  void apiServer_listsTheMesh() throws Exception {
    String pods =
        send(HttpRequest.newBuilder(URI.create(url + "/api/v1/namespaces/bookinfo/pods"))).body();

    assertThat(new ObjectMapper().readTree(pods).path("items")).hasSize(11);
  }

  @Test
  void editThroughTheApiServer_movesTraffic() throws Exception {
    assertThat(requests(step(Duration.ofSeconds(20)), "v1")).isPositive();

    HttpResponse<String> patched =
        send(
            HttpRequest.newBuilder(URI.create(url + REVIEWS))
                .header("Content-Type", "application/merge-patch+json")
                .method(
                    "PATCH",
                    BodyPublishers.ofString(
                        """
                        {"spec":{"http":[{"route":[
                          {"destination":{"host":"reviews","subset":"v3"}}]}]}}\
                        """)));
    assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);

    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    GroundTruth window = step(Duration.ofSeconds(2));
    while (requests(window, "v1") > 0 && System.nanoTime() < deadline) {
      window = step(Duration.ofSeconds(2));
    }
    window = step(Duration.ofSeconds(10));
    assertThat(requests(window, "v3")).isGreaterThan(100);
    assertThat(requests(window, "v1") + requests(window, "v2")).isZero();
  }
}
