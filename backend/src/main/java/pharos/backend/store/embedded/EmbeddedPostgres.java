package pharos.backend.store.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running PostgreSQL server that belongs to this process. One platform thread starts it, waits
 * for its end and starts it again; the thread lives as long as the process, because the kernel
 * stops the server when the thread that started it ends.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private static final String SUPERUSER = "pharos";
  private static final String DATABASE = "postgres";
  private static final int FIRST_ATTEMPTS = 3; // a port can be taken between looking and listening
  private static final Duration START_LIMIT = Duration.ofMinutes(2); // with crash recovery
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Binaries binaries;
  private final DataFolder folder;
  private final ServerUser user;
  private final String password;
  private final CompletableFuture<Endpoint> firstStart = new CompletableFuture<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread keeper;
  private volatile @Nullable Endpoint endpoint;
  private volatile @Nullable Process process;
  private int failedStarts; // of the keeper alone

  private EmbeddedPostgres(Binaries binaries, DataFolder folder, ServerUser user, String password) {
    this.binaries = binaries;
    this.folder = folder;
    this.user = user;
    this.password = password;
    this.keeper = Thread.ofPlatform().daemon().name("postgres-keeper").unstarted(this::keep);
  }

  /**
   * Starts the server and waits until it answers.
   *
   * @param folder of this server alone; created when missing
   * @param cache where the programs are unpacked; may be shared
   * @throws PostgresUnusable when it cannot run, in words for the user
   */
  public static EmbeddedPostgres start(Path folder, Path cache) {
    ServerUser user = ServerUser.detect();
    Binaries binaries = Binaries.unpackedIn(cache.toAbsolutePath());
    DataFolder data = DataFolder.open(folder.toAbsolutePath(), user);
    EmbeddedPostgres postgres = null;
    try {
      data.prepare(binaries, SUPERUSER);
      postgres = new EmbeddedPostgres(binaries, data, user, data.password());
      postgres.keeper.start();
      postgres.firstStart.get(START_LIMIT.toSeconds() + 5, TimeUnit.SECONDS);
      return postgres;
    } catch (PostgresUnusable e) {
      stopAfterFailure(postgres, data);
      throw e;
    } catch (IOException | ExecutionException | TimeoutException e) {
      stopAfterFailure(postgres, data);
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      throw new PostgresUnusable(
          "the embedded PostgreSQL did not start: " + cause.getMessage(), cause);
    } catch (InterruptedException e) {
      stopAfterFailure(postgres, data);
      Thread.currentThread().interrupt();
      throw new PostgresUnusable("interrupted while the embedded PostgreSQL started", e);
    }
  }

  private static void stopAfterFailure(@Nullable EmbeddedPostgres postgres, DataFolder data) {
    if (postgres == null) {
      data.close();
    } else {
      postgres.close();
    }
  }

  /** Where it listens now; empty while it is down. The port changes with each start. */
  public Optional<Endpoint> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  /** The postmaster's process, for tests and messages; empty while it is down. */
  public Optional<ProcessHandle> process() {
    return Optional.ofNullable(process).map(Process::toHandle).filter(ProcessHandle::isAlive);
  }

  /** The keeper's whole life. */
  private void keep() {
    Duration pause = FIRST_PAUSE;
    try {
      while (stopping.getCount() > 0) {
        long startedNanos = System.nanoTime();
        runOnce();
        if (Duration.ofNanos(System.nanoTime() - startedNanos).compareTo(LONGEST_PAUSE) > 0) {
          pause = FIRST_PAUSE; // it ran well for a while
        }
        if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        log.warn("starting the embedded PostgreSQL again");
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From start to end of one server process. */
  private void runOnce() throws InterruptedException {
    try {
      stopOrphan();
      int port = freePort();
      Process started = spawn(port);
      process = started;
      awaitReady(started);
      Endpoint here = new Endpoint("127.0.0.1", port, DATABASE, SUPERUSER, password);
      endpoint = here;
      firstStart.complete(here);
      int status = started.waitFor();
      endpoint = null;
      if (stopping.getCount() > 0) {
        log.warn(
            "the embedded PostgreSQL ended with status {}; its log:\n{}", status, folder.logTail());
      }
    } catch (IOException e) {
      endpoint = null;
      failedStarts++;
      if (failedStarts >= FIRST_ATTEMPTS) {
        firstStart.completeExceptionally(e);
      }
      if (stopping.getCount() > 0) {
        log.warn("the embedded PostgreSQL did not start: {}", e.getMessage());
      }
    }
  }

  private Process spawn(int port) throws IOException {
    List<String> command =
        user.serverCommand(
            List.of(
                binaries.program("postgres"),
                "-D",
                folder.data().toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=60",
                "-c",
                "shared_buffers=48MB",
                "-c",
                "max_wal_size=256MB",
                "-c",
                "wal_level=minimal",
                "-c",
                "max_wal_senders=0",
                "-c",
                "io_method=sync", // no worker processes: this server has one user
                "-c",
                "max_parallel_workers_per_gather=0",
                "-c",
                "jit=off",
                "-c",
                "timezone=UTC",
                "-c",
                "log_min_messages=warning"));
    return ServerUser.Commands.environment(new ProcessBuilder(command))
        .redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
        .start();
  }

  private void awaitReady(Process started) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      var state = PostmasterPid.read(folder.data());
      if (state.isPresent() && state.get().pid() == started.pid() && state.get().ready()) {
        return;
      }
      if (!started.isAlive()) {
        throw new IOException(
            "ended with status %d; its log:\n%s".formatted(started.exitValue(), folder.logTail()));
      }
      if (System.nanoTime() > deadline) {
        end(started.toHandle());
        throw new IOException(
            "not ready after %d s; its log:\n%s"
                .formatted(START_LIMIT.toSeconds(), folder.logTail()));
      }
      if (stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        end(started.toHandle());
        throw new IOException("stopped while starting");
      }
    }
  }

  /**
   * A server that outlived its process (a kernel without parent-death signals, a race at its start)
   * would hold the data; nobody else uses it, because the folder's lock is ours.
   */
  private void stopOrphan() throws IOException, InterruptedException {
    Optional<PostmasterPid> found = PostmasterPid.read(folder.data());
    if (found.isEmpty() || !found.get().isAlive()) {
      return; // PostgreSQL replaces a dead server's file by itself
    }
    if (found.get().isServerOf(folder.data())) {
      log.warn(
          "stopping the PostgreSQL server {} that an earlier run left behind", found.get().pid());
      ProcessHandle.of(found.get().pid()).ifPresent(EmbeddedPostgres::end);
    } else {
      // The number was given to another process meanwhile; PostgreSQL would refuse to start.
      Files.deleteIfExists(folder.data().resolve("postmaster.pid"));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** Stops the server: fast, then at once, then by force. Bounded; safe to call twice. */
  @Override
  public void close() {
    stopping.countDown();
    Process running = process;
    if (running != null) {
      end(running.toHandle());
    }
    try {
      keeper.join(STOP_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    folder.close();
  }

  /**
   * SIGINT is PostgreSQL's fast shutdown; the JDK can only send SIGTERM, which waits for clients.
   */
  private static void end(ProcessHandle server) {
    for (String signal : List.of("INT", "QUIT", "KILL")) {
      if (!server.isAlive()) {
        return;
      }
      ServerUser.Commands.succeeds(
          List.of("sh", "-c", "kill -" + signal + " \"$0\"", String.valueOf(server.pid())));
      try {
        server.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException | TimeoutException e) {
        log.warn("the embedded PostgreSQL did not stop on SIG{}", signal);
      }
    }
  }

  /** Where and how to connect. */
  public record Endpoint(String host, int port, String database, String user, String password) {

    /** Without the password. */
    @Override
    public String toString() {
      return "postgresql://%s@%s:%d/%s".formatted(user, host, port, database);
    }
  }
}
