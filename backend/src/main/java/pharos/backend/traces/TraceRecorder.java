package pharos.backend.traces;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts received spans into the store, in batches, behind a bounded queue. With {@link
 * Acknowledge#COMMIT} whoever is told "taken" can rely on it: the answer waits for the commit. A
 * full queue refuses at once, and whatever is not taken is counted.
 */
public final class TraceRecorder implements SpanSink, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TraceRecorder.class);

  private static final Duration AHEAD = Duration.ofMinutes(30);

  private final TraceStore store;
  private final PodOwners pods;
  private final RecorderLimits limits;
  private final List<Thread> writers = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Job> queue = new ArrayDeque<>(); // guarded by lock
  private int queuedSpans; // guarded by lock
  private int waitingSpans; // queued or being written; guarded by lock
  private long waitingBytes; // guarded by lock
  private boolean closed; // guarded by lock

  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();

  public TraceRecorder(TraceStore store, PodOwners pods, RecorderLimits limits) {
    this.store = store;
    this.pods = pods;
    this.limits = limits;
    for (int i = 0; i < limits.writers(); i++) {
      writers.add(Thread.ofPlatform().daemon().name("trace-writer-" + i).start(this::work));
    }
  }

  @Override
  public Future<Void> take(List<ResourceSpans> spans, int count) {
    if (count == 0) {
      return Future.succeededFuture();
    }
    long bytes = spans.stream().mapToLong(ResourceSpans::getSerializedSize).sum();
    Job job = new Job(spans, count, bytes, Promise.promise());
    lock.lock();
    try {
      boolean full =
          waitingSpans + count > limits.maxWaitingSpans()
              || waitingBytes + bytes > limits.maxWaitingBytes();
      if (closed || (full && waitingSpans > 0)) {
        refused.addAndGet(count);
        return Future.failedFuture(
            new TraceFailure.NotNow(
                true, "%d spans wait to be stored already".formatted(waitingSpans)));
      }
      queue.add(job);
      queuedSpans += count;
      waitingSpans += count;
      waitingBytes += bytes;
      arrived.signal();
    } finally {
      lock.unlock();
    }
    return limits.acknowledge() == RecorderLimits.Acknowledge.COMMIT
        ? job.done().future()
        : Future.succeededFuture();
  }

  /** Older than is kept, or further ahead than clocks go wrong, is nothing that could be found. */
  @Override
  public boolean keeps(long startMicros, Instant now) {
    long nowMicros = now.getEpochSecond() * 1_000_000;
    return startMicros > nowMicros - limits.retention().toSeconds() * 1_000_000
        && startMicros < nowMicros + AHEAD.toSeconds() * 1_000_000;
  }

  @Override
  public Map<String, String> facts() {
    int waiting;
    lock.lock();
    try {
      waiting = waitingSpans;
    } finally {
      lock.unlock();
    }
    return Map.of(
        "stored", Long.toString(stored.get()),
        "storeRefused", Long.toString(refused.get()),
        "storeLost", Long.toString(lost.get()),
        "waiting", Integer.toString(waiting));
  }

  private void work() {
    try {
      for (List<Job> batch = next(); !batch.isEmpty(); batch = next()) {
        store(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What has gathered while we lingered; empty when it is time to stop. */
  private List<Job> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      List<Job> batch = new ArrayList<>();
      while (batch.isEmpty()) {
        while (queue.isEmpty()) {
          if (closed) {
            return List.of();
          }
          arrived.await();
        }
        long left = limits.linger().toNanos();
        while (left > 0 && !closed && queuedSpans < limits.batchSpans() && !queue.isEmpty()) {
          left = arrived.awaitNanos(left);
        }
        int spans = 0;
        while (!queue.isEmpty() && spans < limits.batchSpans()) {
          Job job = queue.remove();
          batch.add(job);
          spans += job.spans();
        }
        queuedSpans -= spans;
      }
      if (!queue.isEmpty()) {
        arrived.signal(); // for the other writer
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void store(List<Job> batch) throws InterruptedException {
    int spans = 0;
    long bytes = 0;
    List<ResourceSpans> all = new ArrayList<>();
    for (Job job : batch) {
      all.addAll(job.resources());
      spans += job.spans();
      bytes += job.bytes();
    }
    Throwable failure = null;
    try {
      store
          .append(Segments.of(all, pods))
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(limits.commitLimit().toMillis(), TimeUnit.MILLISECONDS)
          .join();
      stored.addAndGet(spans);
    } catch (CompletionException e) {
      failure = e.getCause() == null ? e : e.getCause();
    } catch (RuntimeException e) {
      failure = e;
    }
    lock.lock();
    try {
      waitingSpans -= spans;
      waitingBytes -= bytes;
    } finally {
      lock.unlock();
    }
    if (failure == null) {
      batch.forEach(job -> job.done().complete());
      return;
    }
    lost.addAndGet(spans);
    log.debug("{} spans were not stored", spans, failure);
    Throwable why =
        new TraceFailure.NotNow(false, "the store does not take spans: " + failure.getMessage());
    batch.forEach(job -> job.done().fail(why));
  }

  /** Stores what waits, then stops. Bounded. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      for (Thread writer : writers) {
        writer.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Job(List<ResourceSpans> resources, int spans, long bytes, Promise<Void> done) {}
}
