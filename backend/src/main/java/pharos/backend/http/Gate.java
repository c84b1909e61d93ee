package pharos.backend.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pharos.backend.http.HttpFailure.Kind;

/** Lets a few expensive questions run and some wait; the rest is refused at once. */
final class Gate {
  private final int running;
  private final int waiting;
  private final Deque<Promise<Void>> queue = new ArrayDeque<>();
  private int inside;

  Gate(int running, int waiting) {
    this.running = running;
    this.waiting = waiting;
  }

  <T> Future<T> pass(Supplier<Future<T>> work) {
    return enter().compose(_ -> started(work).onComplete(_ -> leave()));
  }

  /** Work that throws instead of failing must not keep its place. */
  private static <T> Future<T> started(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private synchronized Future<Void> enter() {
    if (inside < running) {
      inside++;
      return Future.succeededFuture();
    }
    if (queue.size() >= waiting) {
      return Future.failedFuture(
          new HttpFailure(Kind.BUSY, "Other questions are still being answered; ask again."));
    }
    Promise<Void> turn = Promise.promise();
    queue.addLast(turn);
    return turn.future();
  }

  private void leave() {
    Promise<Void> next = next();
    if (next != null) {
      next.complete();
    }
  }

  /** The place inside goes over to the next one that waits. */
  private synchronized @Nullable Promise<Void> next() {
    Promise<Void> next = queue.pollFirst();
    if (next == null) {
      inside--;
    }
    return next;
  }
}
