package pharos.backend.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spans leave over HTTP with the tags that Envoy gives, or are counted as lost. */
@Timeout(30)
final class OtlpExporterTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private DemoMesh started(URI endpoint) throws Exception {
    var mesh = new DemoMesh(vertx, DemoOptions.stepped(5).withSpans(endpoint, 1));
    mesh.start().await(10, TimeUnit.SECONDS);
    return mesh;
  }

  @Test
  void spans_carryEnvoysTags() throws Exception {
    var received = new LinkedBlockingQueue<byte[]>();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request ->
                request
                    .body()
                    .onSuccess(body -> {
                      received.add(body.getBytes());
                      var _ = request.response().end();
                    }))
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    DemoMesh mesh = started(URI.create("http://127.0.0.1:" + server.actualPort() + "/v1/traces"));

    mesh.step(Duration.ofSeconds(5)).await(10, TimeUnit.SECONDS);

    byte[] body = received.poll(10, TimeUnit.SECONDS);
    assertThat(body).isNotNull();
    var request = ExportTraceServiceRequest.parseFrom(body);
    assertThat(request.getResourceSpansList()).isNotEmpty();
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (Span span : resource.getScopeSpans(0).getSpansList()) {
        Map<String, String> tags = new HashMap<>();
        for (KeyValue tag : span.getAttributesList()) {
          tags.put(tag.getKey(), tag.getValue().getStringValue());
        }
        assertThat(span.getTraceId().size()).isEqualTo(16);
        assertThat(span.getSpanId().size()).isEqualTo(8);
        assertThat(tags.get("node_id"))
            .matches("(sidecar|router)~127\\.[0-9.]+~[a-z0-9.-]+~[a-z-]+\\.svc\\.cluster\\.local");
        assertThat(tags)
            .containsEntry("component", "proxy")
            .containsEntry("istio.mesh_id", "cluster.local")
            .containsKeys(
                "upstream_cluster",
                "response_flags",
                "http.url",
                "http.method",
                "http.status_code",
                "peer.address",
                "istio.canonical_service",
                "istio.canonical_revision",
                "guid:x-request-id");
      }
    }
    mesh.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void receiverAway_spansAreDroppedAndCounted_andTimeGoesOn() throws Exception {
    DemoMesh mesh = started(URI.create("http://127.0.0.1:9/v1/traces"));

    long dropped = 0;
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (dropped == 0 && System.nanoTime() < deadline) {
      mesh.step(Duration.ofSeconds(5)).await(10, TimeUnit.SECONDS);
      dropped = mesh.droppedSpans().await(10, TimeUnit.SECONDS);
    }

    assertThat(dropped).isPositive();
    assertThat(mesh.truth().await(10, TimeUnit.SECONDS).totalRequests()).isPositive();
    mesh.close().await(10, TimeUnit.SECONDS);
  }
}
