package pharos.backend.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers, real processes, real signals. */
class EmbeddedPostgresTest {
  private static final Path CACHE = Path.of("target/postgres-cache");

  @TempDir Path folder;

  @Test
  void start_freshFolder_listensOnLoopbackOnlyAndLeavesNothingBehind() throws Exception {
    long pid;
    int port;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, CACHE)) {
      pid = postgres.process().orElseThrow().pid();
      port = postgres.endpoint().orElseThrow().port();
      assertThat(connects("127.0.0.1", port)).isTrue();
      assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.readString(folder.resolve("data/pg_hba.conf")))
          .doesNotContainPattern("(?m)^[^#]*\\btrust\\b");
      assertThatThrownBy(() -> EmbeddedPostgres.start(folder, CACHE))
          .isInstanceOf(PostgresUnusable.class)
          .hasMessageContaining("in use by another process")
          .hasMessageContaining("--data-dir");
    }
    assertThat(Files.exists(Path.of("/proc/" + pid))).isFalse();
    assertThat(connects("127.0.0.1", port)).isFalse();
    assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
  }

  @Test
  void start_dataOfAnotherMajorVersion_isRefusedWithBothVersions() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/PG_VERSION"), "14\n");

    assertThatThrownBy(() -> EmbeddedPostgres.start(folder, CACHE))
        .isInstanceOf(PostgresUnusable.class)
        .hasMessageContaining("PostgreSQL 14")
        .hasMessageContaining("PostgreSQL 18");
  }

  @Test
  void server_killed_isStartedAgain() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, CACHE)) {
      ProcessHandle first = postgres.process().orElseThrow();
      first.destroyForcibly();

      await(
          Duration.ofSeconds(30),
          () ->
              postgres.process().map(now -> now.pid() != first.pid()).orElse(false)
                  && postgres.endpoint().isPresent());
      assertThat(connects("127.0.0.1", postgres.endpoint().orElseThrow().port())).isTrue();
    }
  }

  @Test
  void start_pidFileOfAnUnrelatedProcess_isReplaced() throws Exception {
    EmbeddedPostgres.start(folder, CACHE).close();
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          folder.resolve("data/postmaster.pid"), stranger.pid() + "\n/elsewhere\n0\n1\n\n\n\n");
      EmbeddedPostgres.start(folder, CACHE).close();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void process_killedOutright_leavesNoServer() throws Exception {
    Process child = child();
    long server;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      server = Long.parseLong(out.readLine().strip());
      assertThat(Files.exists(Path.of("/proc/" + server))).isTrue();
      child.destroyForcibly(); // SIGKILL: no shutdown hook runs
      assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    await(Duration.ofSeconds(20), () -> !Files.exists(Path.of("/proc/" + server)));
    // And what it leaves on disk does not stop the next one.
    EmbeddedPostgres.start(folder, CACHE).close();
  }

  private Process child() throws Exception {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HoldsServer.class.getName(),
                folder.toString(),
                CACHE.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A process that starts a server, names it and then waits to be killed. */
  public static final class HoldsServer {
    private HoldsServer() {}

    public static void main(String[] args) throws Exception {
      try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]), Path.of(args[1]))) {
        System.out.println(postgres.process().orElseThrow().pid());
        Thread.sleep(Duration.ofMinutes(2));
      }
    }
  }

  private static boolean connects(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 1000);
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static void await(Duration limit, BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited %s in vain", limit).isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
