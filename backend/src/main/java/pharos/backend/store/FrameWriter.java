package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.store.Partitions.Partition;
import pharos.backend.traffic.GraphHistory.Frame;
import pharos.backend.traffic.GraphHistory.Summary;
import pharos.backend.traffic.SourceUnavailable;

/**
 * Stores frames on a thread of its own, one after the other, so that neither their encoding nor a
 * slow database is felt by the live graph. Every statement that writes frames is here.
 */
final class FrameWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FrameWriter.class);

  /** Frames come every few seconds: what is not stored after three more is not worth the memory. */
  private static final int QUEUE = 3;

  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);
  private static final Duration INVENTORY_REFRESH = Duration.ofMinutes(30);
  private static final Duration RETENTION_EVERY = Duration.ofMinutes(5);
  private static final int KNOWN_PARTITIONS = 64;

  /** Partitions are created by one process at a time; the number only has to be ours. */
  private static final String LOCK = "select pg_advisory_xact_lock(7233182820)";

  private static final String SAVE_INVENTORY =
      """
      insert into graph_inventory (digest, body, used_at) values ($1, $2, $3)
      on conflict (digest) do update set used_at = greatest(graph_inventory.used_at, excluded.used_at)\
      """;
  private static final String SAVE_FRAME =
      """
      insert into graph_frame_fine
        (at, per_second, errors_per_second, worst, inventory, body, namespaces)
      values ($1, $2, $3, $4, $5, $6, $7) on conflict (at) do nothing\
      """;
  private static final String SAVE_MINUTE =
      """
      insert into graph_frame_minute
        (at, per_second, errors_per_second, worst, inventory, body, namespaces)
      select $1, $2, $3, $4, $5, $6, $7
      where not exists (select 1 from graph_frame_minute
        where at >= date_trunc('minute', $1::timestamptz)
          and at < date_trunc('minute', $1::timestamptz) + interval '1 minute')
      on conflict (at) do nothing\
      """;

  private final Database database;
  private final Retention retention;
  private final Clock clock;
  private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  // Of the thread alone: what the database is known to have.
  private final Set<Partition> partitions = new HashSet<>();
  private byte @Nullable [] inventory;
  private Instant inventorySaved = Instant.EPOCH;
  private @Nullable Instant minute;
  private @Nullable Instant retained;

  FrameWriter(Database database, Retention retention, Clock clock) {
    this.database = database;
    this.retention = retention;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("history-writer").start(this::work);
  }

  Future<Void> save(Frame frame) {
    Promise<Void> done = Promise.promise();
    if (closed || !queue.offer(new Job(frame, done))) {
      dropped.incrementAndGet();
      return Future.failedFuture(
          new SourceUnavailable(
              Database.SOURCE, "the frame was dropped, because earlier ones still wait"));
    }
    return done.future();
  }

  long dropped() {
    return dropped.get();
  }

  private void work() {
    try {
      while (!closed) {
        Job job = queue.poll(1, TimeUnit.SECONDS);
        if (job != null) {
          work(job);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Job job) throws InterruptedException {
    try {
      store(job.frame());
      job.done().complete();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      forget(); // what we believed of the database may be wrong now
      dropped.incrementAndGet();
      job.done().fail(cause);
      log.debug("a frame was not stored", cause);
      return;
    }
    Instant now = clock.instant();
    if (retained == null || Duration.between(retained, now).compareTo(RETENTION_EVERY) >= 0) {
      retained = now;
      retain();
    }
  }

  private void retain() throws InterruptedException {
    try {
      if (!Database.await(retention.run(), STATEMENT_LIMIT).isEmpty()) {
        partitions.clear(); // a late frame may belong into one that was dropped
      }
    } catch (ExecutionException | TimeoutException e) {
      log.info("old frames were not removed, will be tried again: {}", e.toString());
    }
  }

  private void store(Frame frame)
      throws InterruptedException, ExecutionException, TimeoutException {
    byte[] body = FrameCodec.encode(frame.samples());
    byte[] digest = sha256(frame.inventory());
    Instant at = frame.at().truncatedTo(ChronoUnit.MICROS); // PostgreSQL's resolution
    Instant now = clock.instant();
    boolean newInventory =
        !Arrays.equals(digest, inventory)
            || Duration.between(inventorySaved, now).compareTo(INVENTORY_REFRESH) >= 0;
    boolean newMinute = !at.truncatedTo(ChronoUnit.MINUTES).equals(minute);
    Partition fine = Partitions.FINE.of(at);
    Partition day = Partitions.MINUTE.of(at);
    boolean newPartition = !partitions.contains(fine) || !partitions.contains(day);
    Tuple row = row(at, frame, digest, body);

    if (newPartition) {
      wait(database.use(pool -> pool.withTransaction(sql -> create(sql, fine, day))));
      if (partitions.size() > KNOWN_PARTITIONS) {
        partitions.clear();
      }
      partitions.add(fine);
      partitions.add(day);
    }
    wait(
        database.use(pool ->
            pool.withTransaction(sql -> {
              Future<?> done = Future.succeededFuture();
              if (newInventory) {
                done =
                    sql.preparedQuery(SAVE_INVENTORY)
                        .execute(
                            Tuple.of(
                                PgGraphHistory.bytes(digest),
                                PgGraphHistory.bytes(frame.inventory()),
                                now.atOffset(ZoneOffset.UTC)));
              }
              done = done.compose(_ -> sql.preparedQuery(SAVE_FRAME).execute(row));
              return newMinute
                  ? done.compose(_ -> sql.preparedQuery(SAVE_MINUTE).execute(row)).mapEmpty()
                  : done.mapEmpty();
            })));
    inventory = digest;
    if (newInventory) {
      inventorySaved = now;
    }
    minute = at.truncatedTo(ChronoUnit.MINUTES);
  }

  private static Future<Void> create(SqlConnection sql, Partition fine, Partition day) {
    return sql.query(LOCK)
        .execute()
        .compose(_ -> sql.query(fine.createStatement()).execute())
        .compose(_ -> sql.query(day.createStatement()).execute())
        .mapEmpty();
  }

  private static Tuple row(Instant at, Frame frame, byte[] digest, byte[] body) {
    Summary summary = frame.summary();
    return Tuple.of(
            at.atOffset(ZoneOffset.UTC),
            summary.perSecond(),
            summary.errorsPerSecond(),
            summary.worstHealth(),
            PgGraphHistory.bytes(digest),
            PgGraphHistory.bytes(body))
        .addJsonObject(NamespaceTotals.encode(frame.namespaces()));
  }

  private void forget() {
    partitions.clear();
    inventory = null;
    minute = null;
  }

  private static void wait(Future<?> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    Database.await(future, STATEMENT_LIMIT);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Job(Frame frame, Promise<Void> done) {}
}
