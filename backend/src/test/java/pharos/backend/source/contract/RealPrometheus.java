package pharos.backend.source.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Debian's Prometheus as a process of its own, in a folder of its own. */
public final class RealPrometheus implements AutoCloseable {
  private final Process process;
  private final URI url;

  private RealPrometheus(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Path of the binary; a failure that says what to do when there is none. */
  public static Path binary() {
    Path binary =
        Optional.ofNullable(System.getProperty("pharos.prometheus.binary"))
            .or(() -> Optional.ofNullable(System.getenv("PHAROS_PROMETHEUS_BINARY")))
            .map(Path::of)
            .orElse(
                Path.of(
                    System.getProperty("user.home"),
                    ".cache/pharos/prometheus/usr/bin/prometheus"));
    if (!Files.isExecutable(binary)) {
      throw new AssertionError(
          "no Prometheus at %s: run backend/src/test/sh/install-prometheus.sh, or name a binary with -Dpharos.prometheus.binary"
              .formatted(binary));
    }
    return binary;
  }

  /** Starts with a configuration and whatever blocks {@code folder/data} holds; waits for it. */
  public static RealPrometheus start(Path folder, String configuration) throws Exception {
    Path config = Files.writeString(folder.resolve("prometheus.yml"), configuration);
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                binary().toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--storage.tsdb.retention.time=100y",
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    var started = new RealPrometheus(process, URI.create("http://127.0.0.1:" + port));
    started.awaitReady(folder.resolve("prometheus.log"));
    return started;
  }

  private void awaitReady(Path log) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (System.nanoTime() < deadline && process.isAlive()) {
        try {
          var ready = HttpRequest.newBuilder(url.resolve("/-/ready")).build();
          if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException notYet) {
          // asked again below
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
    close();
    throw new AssertionError("Prometheus did not become ready:\n" + Files.readString(log));
  }

  /** Makes blocks under {@code folder/data} of samples in OpenMetrics with timestamps. */
  public static void load(Path folder, String openMetrics) throws Exception {
    load(folder, Files.writeString(folder.resolve("samples.txt"), openMetrics));
  }

  /** The same from a file. */
  public static void load(Path folder, Path text) throws Exception {
    Process promtool =
        new ProcessBuilder(
                List.of(
                    binary().resolveSibling("promtool").toString(),
                    "tsdb",
                    "create-blocks-from",
                    "openmetrics",
                    text.toString(),
                    folder.resolve("data").toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
    if (promtool.waitFor() != 0) {
      throw new AssertionError("promtool: " + said);
    }
  }

  public URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException impatient) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
