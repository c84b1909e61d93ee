package pharos.backend.http;

import com.sun.management.OperatingSystemMXBean;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import pharos.backend.change.Access;
import pharos.backend.config.ConfigInMemory;
import pharos.backend.config.LiveConfig;
import pharos.backend.traces.TracesInMemory;
import pharos.backend.traffic.GraphFrame;
import pharos.backend.traffic.GraphView;
import pharos.backend.traffic.SmallMesh;
import pharos.backend.traffic.Sources;
import pharos.backend.traffic.Traffic;
import pharos.backend.traffic.TrafficSettings;
import pharos.graph.GraphOptions;

/**
 * Prints a table: encoding a graph, and one view sent to many viewers. Arguments: edges of the
 * large graph (5000), viewers (1000), seconds (15). Client and server share the process and its
 * cores, so times are upper bounds.
 */
final class StreamBenchmark {
  private static final int STREAM_EDGES = 30;
  private static final int HEARTBEAT_BYTES = 100;

  private StreamBenchmark() {}

  public static void main(String[] args) throws Exception {
    int edges = args.length > 0 ? Integer.parseInt(args[0]) : 5_000;
    int viewers = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 15;
    encoding(edges);
    fanOut(viewers, seconds, false);
    fanOut(viewers, seconds, true);
    System.exit(0);
  }

  private static void encoding(int edges) {
    Vertx vertx = Vertx.vertx();
    SmallMesh mesh = new SmallMesh(Clock.systemUTC(), edges);
    Traffic traffic = traffic(vertx, mesh, TrafficSettings.DEFAULT, new HttpMetrics(registry()));
    GraphFrame frame =
        TestServer.await(
            traffic.graph(
                new GraphView(GraphOptions.DEFAULT, Duration.ofMinutes(1), null, null, null),
                null));
    EventEncoding encoding = new EventEncoding();
    List<Double> json = new ArrayList<>();
    List<Double> event = new ArrayList<>();
    int bytes = 0;
    int packed = 0;
    for (int round = 0; round < 60; round++) {
      long start = System.nanoTime();
      bytes = GraphJson.document(frame).length;
      long middle = System.nanoTime();
      packed = encoding.snapshot("e", frame).deflated().length();
      json.add((middle - start) / 1e6);
      event.add((System.nanoTime() - middle) / 1e6);
    }
    System.out.printf(
        "encode %d edges: JSON %.1f ms (%d KiB), event with compression %.1f ms (%d KiB)%n",
        frame.graph().edges().size(), median(json), bytes >> 10, median(event), packed >> 10);
    TestServer.await(vertx.close());
  }

  private static void fanOut(int viewers, int seconds, boolean gzip) throws Exception {
    Vertx vertx = Vertx.vertx();
    SmallMesh mesh = new SmallMesh(Clock.systemUTC(), STREAM_EDGES);
    mesh.drift = 0.1; // every edge changes in every frame
    HttpMetrics metrics = new HttpMetrics(registry());
    TrafficSettings settings =
        TrafficSettings.DEFAULT.withRefresh(Duration.ofSeconds(1)).withLimits(10, viewers + 10);
    Traffic traffic = traffic(vertx, mesh, settings, metrics);
    WebServer server =
        new WebServer(
            vertx,
            HttpSettings.on("127.0.0.1", 0),
            traffic,
            new LiveConfig(new ConfigInMemory(), Clock.systemUTC()),
            mesh::status,
            null,
            Access.viewer("bench", "bench", "A benchmark only looks."),
            new StatusFacts("bench", false, Instant.now(), ""),
            TracesInMemory.none(vertx),
            metrics,
            null,
            Clock.systemUTC());
    int port = TestServer.await(server.listen());
    Vertx clients = Vertx.vertx();
    NetClient net = clients.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    AtomicLong bytes = new AtomicLong();
    List<Double> lags = Collections.synchronizedList(new ArrayList<>());
    String head =
        "GET /api/v1/graph/stream HTTP/1.1\r\nHost: localhost\r\n"
            + (gzip ? "Accept-Encoding: gzip\r\n" : "")
            + "\r\n";
    for (int i = 0; i < viewers; i++) {
      TestServer.await(
          net.connect(port, "127.0.0.1")
              .onSuccess(socket -> {
                socket.handler(chunk -> {
                  bytes.addAndGet(chunk.length());
                  if (chunk.length() > HEARTBEAT_BYTES) {
                    lags.add(Duration.between(mesh.lastAt, Instant.now()).toNanos() / 1e6);
                  }
                });
                socket.write(head);
              }));
    }
    TimeUnit.SECONDS.sleep(2); // the first graphs of those who just came are of another age
    lags.clear();
    bytes.set(0);
    int calls = mesh.sampleCalls.get();
    long cpu = cpu();
    TimeUnit.SECONDS.sleep(seconds);
    List<Double> seen = new ArrayList<>(lags);
    Collections.sort(seen);
    System.out.printf(
        "%d viewers%s, %d s: %.1f MB/s, after the samples p50 %.0f ms, p99 %.0f ms;"
            + " %.2f cores (server and client), RSS %d MB, %d source calls%n",
        traffic.live().viewers(),
        gzip ? " gzip" : "",
        seconds,
        bytes.get() / 1e6 / seconds,
        seen.isEmpty() ? Double.NaN : seen.get(seen.size() / 2),
        seen.isEmpty() ? Double.NaN : seen.get(seen.size() * 99 / 100),
        (cpu() - cpu) / 1e9 / seconds,
        rssMegabytes(),
        mesh.sampleCalls.get() - calls);
    TestServer.await(clients.close());
    TestServer.await(server.close());
    traffic.close();
    TestServer.await(vertx.close());
  }

  private static Traffic traffic(
      Vertx vertx, SmallMesh mesh, TrafficSettings settings, HttpMetrics metrics) {
    Traffic traffic =
        new Traffic(
            vertx,
            mesh,
            mesh,
            null,
            new Sources(List.of(mesh::status)),
            new EventEncoding(),
            settings,
            metrics,
            Clock.systemUTC());
    metrics.observe(traffic);
    return traffic;
  }

  private static CollectorRegistry registry() {
    return new CollectorRegistry();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long rssMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }
}
