package pharos.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pharos.backend.traces.SpanRows;

class TracesApiTest {
  private static final String ID = "0000000000000000000000000000002a";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
    Instant begin = Instant.now().minus(Duration.ofMinutes(5));
    server.traces.record(
        SpanRows.of(
            begin,
            """
            42 1 - client web pay 0 100
            42 2 1 server pay pay 500 560 response_flags=UO error=true note=<script>
            42 3 2 client pay db 510 530
            """));
    server.traces.record(SpanRows.of(begin.minusSeconds(60), "7 1 - server web get 0 5"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void search_traces_haveTheirServicesAndMatches() {
    JsonObject page = json("/api/v1/traces?q=status%3Derror");
    JsonObject trace = page.getJsonArray("traces").getJsonObject(0);
    assertThat(page.getJsonArray("traces")).hasSize(1);
    assertThat(trace.getString("id")).isEqualTo(ID);
    assertThat(trace.getString("rootService")).isEqualTo("web");
    assertThat(trace.getInteger("spans")).isEqualTo(3);
    assertThat(trace.getInteger("errors")).isEqualTo(1);
    assertThat(trace.getJsonArray("matches")).containsExactly("0000000000000002");
    assertThat(trace.getJsonArray("services").getJsonObject(0).getString("name")).isEqualTo("web");
    assertThat(page.getString("next")).isNull();
  }

  @Test
  void search_onePageAfterTheOther_endsWithoutCursor() {
    JsonObject first = json("/api/v1/traces?limit=1");
    assertThat(first.getJsonArray("traces").getJsonObject(0).getString("id")).isEqualTo(ID);
    JsonObject second = json("/api/v1/traces?limit=1&cursor=" + first.getString("next"));
    assertThat(second.getJsonArray("traces").getJsonObject(0).getString("rootOperation"))
        .isEqualTo("get");
    assertThat(second.getString("next")).isNull();
  }

  @Test
  void skeleton_columns_haveOneEntryPerRow() {
    JsonObject skeleton = json("/api/v1/traces/" + ID + "/skeleton");
    for (String column :
        new String[] {
          "ids",
          "parents",
          "starts",
          "durations",
          "selfs",
          "emitter",
          "name",
          "flags",
          "kinds",
          "places",
          "marks"
        }) {
      assertThat(skeleton.getJsonArray(column)).as(column).hasSize(3);
    }
    assertThat(skeleton.getJsonArray("parents")).isEqualTo(new JsonArray("[-1,0,1]"));
    assertThat(skeleton.getJsonArray("starts")).isEqualTo(new JsonArray("[0,500000000,510000000]"));
    assertThat(skeleton.getJsonArray("marks")).isEqualTo(new JsonArray("[0,1,0]"));
    assertThat(skeleton.getBoolean("adjusted")).isFalse();
    assertThat(skeleton.getJsonObject("clocks").getLong("pay")).isEqualTo(-480_000_000);
    JsonObject adjusted = json("/api/v1/traces/" + ID + "/skeleton?clock=adjusted");
    assertThat(adjusted.getJsonArray("starts")).isEqualTo(new JsonArray("[0,20000000,30000000]"));
    assertThat(adjusted.getLong("durationNanos")).isEqualTo(100_000_000);
  }

  @Test
  void span_hasItsAttributesAsText() {
    JsonObject span = json("/api/v1/traces/" + ID + "/spans/0000000000000002");
    assertThat(span.getString("parent")).isEqualTo("0000000000000001");
    assertThat(span.getJsonArray("attributes").encode()).contains("<script>", "response_flags");
    HttpResponse<String> none = server.get("/api/v1/traces/" + ID + "/spans/00000000000000ff");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("no-such-object");
  }

  @Test
  void trace_asOtlp_isWhatWasReceived() {
    JsonObject otlp = json("/api/v1/traces/" + ID);
    assertThat(otlp.getJsonArray("resourceSpans")).hasSize(3);
    String text = otlp.encode();
    assertThat(text).contains("\"traceId\":\"" + ID + "\"", "\"kind\":2", "service.name");
  }

  @Test
  void names_areServicesWithOperationsAndKeys() {
    JsonObject names = json("/api/v1/traces/names");
    assertThat(names.getJsonArray("services").encode()).contains("\"pay\"", "\"db\"");
    assertThat(names.getJsonArray("keys")).contains("response_flags");
  }

  @Test
  void zipkinSpans_areTakenWithoutAContentType() {
    assertThat(server.send("POST", "/api/v2/spans", "[]").statusCode()).isEqualTo(200);
  }

  private static JsonObject json(String path) {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }
}
