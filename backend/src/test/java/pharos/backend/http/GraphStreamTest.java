package pharos.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import pharos.backend.http.Events.Event;
import pharos.backend.traffic.SourceUnavailable;
import pharos.backend.traffic.TrafficSettings;

/** The event stream over a real server, read by a real client. */
final class GraphStreamTest {

  @Test
  void firstFrameIsWhole_thenChangesFollowWithoutAGap() throws IOException {
    try (TestServer server = new TestServer();
        Events events = server.events("/api/v1/graph/stream")) {
      Event first = events.frame();
      assertThat(first.name()).isEqualTo("snapshot");
      assertThat(first.data().getJsonArray("edges").size()).isEqualTo(3);
      long seq = first.data().getLong("seq");
      assertThat(first.id()).endsWith("-" + seq);
      server.mesh.rate = 20;
      for (int i = 0; i < 3; i++) {
        Event next = events.next("delta");
        assertThat(next.data().getLong("base")).isEqualTo(seq);
        seq = next.data().getLong("seq");
        assertThat(next.data().getString("topology")).isEqualTo(first.data().getString("topology"));
      }
    }
  }

  @Test
  void compressedStream_saysTheSame_andEndsProperly() throws IOException {
    try (TestServer server = new TestServer();
        Events events = server.events("/api/v1/graph/stream", "Accept-Encoding", "gzip")) {
      assertThat(events.response.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(events.frame().name()).isEqualTo("snapshot");
      assertThat(events.frame().name()).isEqualTo("delta");
      TestServer.await(server.stop());
      assertThat(events.awaitEnd()).isEqualTo("clean");
    }
  }

  @Test
  void manyViewersOfManyKinds_costOneFetchPerRefresh() throws IOException {
    TrafficSettings slow = TestServer.QUICK.withRefresh(Duration.ofSeconds(30));
    try (TestServer server = new TestServer(slow, HttpSettings.on("127.0.0.1", 0), 3)) {
      List<Events> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(
            server.events(
                i % 2 == 0
                    ? "/api/v1/graph/stream?kind=app&namespace=shop"
                    : "/api/v1/graph/stream?namespace=shop&kind=app"));
        all.add(server.events("/api/v1/graph/stream?kind=service"));
      }
      for (Events events : all) {
        assertThat(events.frame().name()).isEqualTo("snapshot");
      }
      server.get("/api/v1/services");
      server.get("/api/v1/graph?kind=versionedApp");
      assertThat(server.mesh.sampleCalls).hasValue(1);
      assertThat(server.traffic.live().views()).isEqualTo(2);
      assertThat(server.traffic.live().viewers()).isEqualTo(40);
      assertThat(server.get("/metrics").body()).contains("pharos_stream_viewers 40.0");
      for (Events events : all) {
        events.close();
      }
      eventually(() -> server.traffic.live().viewers() == 0);
    }
  }

  @Test
  void producerStops_someTimeAfterItsLastViewer() throws IOException {
    try (TestServer server = new TestServer()) {
      Events events = server.events("/api/v1/graph/stream");
      events.frame();
      events.close();
      eventually(() -> server.traffic.live().views() == 0);
      int calls = server.mesh.sampleCalls.get();
      server.get("/livez");
      assertThat(server.mesh.sampleCalls).hasValue(calls);
    }
  }

  @Test
  void resume_continuesAfterTheLastEvent_orStartsAnew() throws IOException {
    try (TestServer server = new TestServer()) {
      String id;
      long seq;
      try (Events events = server.events("/api/v1/graph/stream")) {
        events.frame();
        Event seen = events.next("delta");
        id = seen.id();
        seq = seen.data().getLong("seq");
      }
      try (Events again = server.events("/api/v1/graph/stream", "Last-Event-ID", id)) {
        Event next = again.frame();
        if (next.name().equals("delta")) {
          assertThat(next.data().getLong("base")).isEqualTo(seq);
        } else {
          assertThat(next.data().getLong("seq")).isGreaterThan(seq);
        }
      }
      for (String unknown : List.of("0badc0ffee00-3", "nonsense", "-", "9999999999999999999-1")) {
        try (Events fresh = server.events("/api/v1/graph/stream", "Last-Event-ID", unknown)) {
          assertThat(fresh.frame().name()).as(unknown).isEqualTo("snapshot");
        }
      }
    }
  }

  @Test
  void wholeGraph_comesAgainAfterAWhile() throws IOException {
    TrafficSettings often = TestServer.QUICK.withSnapshotEvery(Duration.ofMillis(350));
    try (TestServer server = new TestServer(often, HttpSettings.on("127.0.0.1", 0), 3);
        Events events = server.events("/api/v1/graph/stream")) {
      events.next("snapshot");
      events.next("delta");
      events.next("snapshot");
      events.next("delta");
    }
  }

  @Test
  void sourceFails_keepsTheLastGraphMarkedStale_andSaysWhy() throws IOException {
    try (TestServer server = new TestServer();
        Events events = server.events("/api/v1/graph/stream")) {
      assertThat(events.frame().data().getBoolean("stale")).isFalse();
      server.mesh.failure = new SourceUnavailable("prometheus", "connection refused");
      Event problem = events.next("problem");
      assertThat(problem.data().getString("code")).isEqualTo("source-unavailable");
      assertThat(problem.data().getString("detail")).isEqualTo("connection refused");
      try (Events late = server.events("/api/v1/graph/stream")) {
        Event stale = late.next("snapshot");
        assertThat(stale.data().getBoolean("stale")).isTrue();
        assertThat(stale.data().getString("staleSince")).isNotNull();
        assertThat(stale.data().getJsonArray("edges").size()).isEqualTo(3);
        late.next("problem");
      }
      JsonObject polled = new JsonObject(server.get("/api/v1/graph").body());
      assertThat(polled.getBoolean("stale")).isTrue();
      server.mesh.failure = null;
      eventually(() -> !new JsonObject(server.get("/api/v1/graph").body()).getBoolean("stale"));
    }
  }

  @Test
  void noGraphEver_isAProblemAndNotAnEmptyGraph() throws IOException {
    try (TestServer server = new TestServer()) {
      server.mesh.failure = new SourceUnavailable("prometheus", "no such host");
      try (Events events = server.events("/api/v1/graph/stream")) {
        assertThat(events.next("problem").data().getInteger("status")).isEqualTo(503);
        server.mesh.failure = null;
        assertThat(events.frame().data().getJsonArray("edges").size()).isEqualTo(3);
      }
    }
  }

  @Test
  void viewerLimit_is429() throws IOException {
    try (TestServer server =
        new TestServer(TestServer.QUICK.withLimits(1, 2), HttpSettings.on("127.0.0.1", 0), 1)) {
      try (Events one = server.events("/api/v1/graph/stream");
          Events two = server.events("/api/v1/graph/stream")) {
        one.frame();
        two.frame();
        assertThat(server.get("/api/v1/graph/stream").statusCode()).isEqualTo(429);
      }
      eventually(() -> server.traffic.live().viewers() == 0);
      try (Events one = server.events("/api/v1/graph/stream")) {
        one.frame();
        var refused = server.get("/api/v1/graph/stream?kind=app");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      }
    }
  }

  @Test
  void heartbeat_keepsAnIdleStreamAlive() throws IOException {
    HttpSettings quick =
        HttpSettings.on("127.0.0.1", 0)
            .withHeartbeat(Duration.ofMillis(100), Duration.ofSeconds(60));
    try (TestServer server =
            new TestServer(TestServer.QUICK.withRefresh(Duration.ofSeconds(60)), quick, 1);
        Events events = server.events("/api/v1/graph/stream")) {
      events.next("retry: 2000");
      events.next(": still here");
      events.next(": still here");
    }
  }

  @Test
  void readerThatTakesNothing_delaysNobodyAndIsCutOff() throws Exception {
    TrafficSettings fast = TestServer.QUICK.withRefresh(Duration.ofMillis(20));
    HttpSettings strict =
        HttpSettings.on("127.0.0.1", 0)
            .withHeartbeat(Duration.ofMillis(200), Duration.ofSeconds(1));
    try (TestServer server = new TestServer(fast, strict, 400);
        Socket stuck = new Socket()) {
      stuck.setReceiveBufferSize(4_096);
      stuck.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port));
      stuck
          .getOutputStream()
          .write(
              "GET /api/v1/graph/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      try (Events live = server.events("/api/v1/graph/stream")) {
        live.frame();
        eventually(() -> server.traffic.live().viewers() == 1);
        assertThat(server.get("/metrics").body()).contains("pharos_stream_readers_cut_total 1.0");
        long before = live.frame().data().getLong("seq");
        assertThat(live.frame().data().getLong("seq")).isGreaterThanOrEqualTo(before);
      }
    }
  }

  static void eventually(BooleanSupplier condition) {
    for (int i = 0; i < 400; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("not within 20 s");
  }
}
