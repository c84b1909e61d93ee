package pharos.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.client.WebClient;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import pharos.backend.settings.SettingsReader;

class SelfTracingTest {
  @Test
  void vertx_withEndpoint_sendsSpansOfItsRequestsAsOtlp() throws Exception {
    BlockingQueue<Buffer> received = new ArrayBlockingQueue<>(10);
    Vertx receiver = Vertx.vertx();
    HttpServer intake =
        receiver
            .createHttpServer()
            .requestHandler(request -> {
              assertThat(request.getHeader("Content-Type")).isEqualTo("application/x-protobuf");
              request.bodyHandler(received::add);
              request.response().end();
            })
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    Vertx traced =
        SelfTracing.vertx(
            new SettingsReader()
                .set("tracing.endpoint=http://127.0.0.1:" + intake.actualPort() + "/v1/traces")
                .set("tracing.share=1")
                .settings());
    try {
      HttpServer server =
          traced
              .createHttpServer()
              .requestHandler(request -> request.response().end())
              .listen(0, "127.0.0.1")
              .await(10, TimeUnit.SECONDS);
      WebClient.create(receiver)
          .get(server.actualPort(), "127.0.0.1", "/hello")
          .send()
          .await(10, TimeUnit.SECONDS);

      Buffer body = received.poll(15, TimeUnit.SECONDS);

      assertThat(body).isNotNull();
      var spans = ExportTraceServiceRequest.parseFrom(body.getBytes()).getResourceSpans(0);
      assertThat(spans.getResource().getAttributesList())
          .anySatisfy(attribute -> {
            assertThat(attribute.getKey()).isEqualTo("service.name");
            assertThat(attribute.getValue().getStringValue()).isEqualTo("pharos");
          });
      Span span = spans.getScopeSpans(0).getSpans(0);
      assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
      assertThat(span.getTraceId().size()).isEqualTo(16);
      assertThat(span.getEndTimeUnixNano()).isGreaterThanOrEqualTo(span.getStartTimeUnixNano());
    } finally {
      traced.close().await(10, TimeUnit.SECONDS);
      receiver.close().await(10, TimeUnit.SECONDS);
    }
  }
}
