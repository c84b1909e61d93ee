package pharos.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes over HTTP, for somebody who may only look. */
final class ChangesApiTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** I-10. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/00000000-0000-0001-0000-000000000002/preview",
        "/00000000-0000-0001-0000-000000000002/apply",
        "/00000000-0000-0001-0000-000000000002/revert"
      })
  void viewer_changesNothing(String path) {
    HttpResponse<String> answer =
        server.send(
            "POST",
            "/api/v1/changes" + path,
            "{\"hash\": \"00\"}",
            "Content-Type",
            "application/json",
            "X-Pharos-Request",
            "1");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("view-only").contains("A test only looks.");
  }

  @Test
  void history_withoutACluster_isEmpty() {
    assertThat(server.get("/api/v1/changes").body()).isEqualTo("{\"items\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "00000000-0000-0001-0000-00000000000Z", "00000000000000010000000000000002"})
  void noUuid_isNotFound(String id) {
    assertThat(server.get("/api/v1/changes/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void status_saysWhyNothingMayBeChanged() {
    assertThat(server.get("/api/v1/status").body())
        .contains("\"edit\":false,\"reason\":\"A test only looks.\"");
  }
}
