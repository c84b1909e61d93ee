package pharos.backend.source.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipkinJsonTest {

  @Test
  void read_everyField_findsItsPlaceInOtlp() throws Exception {
    List<ResourceSpans> spans =
        read(
            """
            [{"traceId": "5af7183fb1d4cf5f", "parentId": "6b221d5bc9e6496c", "id": "352bff9a74ca9ad2",
              "kind": "CLIENT", "name": "get /api", "timestamp": 1556604172355737, "duration": 1431,
              "localEndpoint": {"serviceName": "backend", "ipv4": "192.168.99.1", "port": 3306},
              "remoteEndpoint": {"serviceName": "db", "ipv4": "172.19.0.2", "port": 58648},
              "annotations": [{"timestamp": 1556604172355800, "value": "retry"}],
              "tags": {"http.method": "GET", "error": "timeout"}, "unknown": {"a": [1]}}]
            """);
    assertThat(spans).hasSize(1);
    assertThat(spans.getFirst().getResource().getAttributes(0).getValue().getStringValue())
        .isEqualTo("backend");
    Span span = spans.getFirst().getScopeSpans(0).getSpans(0);
    assertThat(HexFormat.of().formatHex(span.getTraceId().toByteArray()))
        .isEqualTo("00000000000000005af7183fb1d4cf5f");
    assertThat(HexFormat.of().formatHex(span.getParentSpanId().toByteArray()))
        .isEqualTo("6b221d5bc9e6496c");
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(span.getStartTimeUnixNano()).isEqualTo(1556604172355737000L);
    assertThat(span.getEndTimeUnixNano()).isEqualTo(1556604172357168000L);
    assertThat(span.getEvents(0).getName()).isEqualTo("retry");
    assertThat(span.getStatus().getCodeValue()).isEqualTo(2);
    assertThat(span.getAttributesList().toString()).contains("http.method", "peer.service", "db");
  }

  @Test
  void read_spansOfTwoEndpoints_areTwoResources() throws Exception {
    String one = "{\"traceId\":\"a\",\"id\":\"%d\",\"localEndpoint\":{\"serviceName\":\"%s\"}}";
    assertThat(
            read(
                "["
                    + one.formatted(1, "a")
                    + ","
                    + one.formatted(2, "b")
                    + ","
                    + one.formatted(3, "a")
                    + "]"))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                    | no list of spans",
        "[1]                                                   | [0] that is no span",
        "[{                                                    | no JSON at line 1",
        "[{\"id\":\"1\"}]                                  | [0].traceId",
        "[{\"traceId\":\"xyz\",\"id\":\"1\"}]           | [0].traceId",
        "[{\"traceId\":\"1\",\"id\":\"11111111111111111\"}] | [0].id",
        "[{\"traceId\":\"1\",\"id\":\"1\",\"kind\":\"X\"}] | [0].kind",
        "[{\"traceId\":\"1\",\"id\":\"1\",\"timestamp\":-5}] | [0].timestamp",
        "[{\"traceId\":\"1\",\"id\":\"1\",\"duration\":9223372036854775807}] | [0].duration",
      })
  void read_whatIsNoSpan_namesThePlace(String text, String words) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(SpanWire.Unreadable.class)
        .hasMessageContaining(words);
  }

  @Test
  void read_deepNesting_isRefusedBeforeItCosts() {
    assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(SpanWire.Unreadable.class);
  }

  private static List<ResourceSpans> read(String text) throws SpanWire.Unreadable {
    return ZipkinJson.read(text.getBytes(UTF_8));
  }
}
