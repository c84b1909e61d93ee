package pharos.backend.demo.apiserver;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open watches, fed by one subscription to the store. */
final class Watches {
  private final Set<Watch> open = ConcurrentHashMap.newKeySet();
  private final ClusterObjects objects;

  Watches(Vertx vertx, ClusterObjects objects, Duration bookmarkInterval) {
    this.objects = objects;
    objects.subscribe(change -> open.forEach(watch -> watch.offer(change)));
    vertx.setPeriodic(bookmarkInterval.toMillis(), _ -> bookmark());
  }

  int size() {
    return open.size();
  }

  /** Begins a watch: the past from {@code from}, then the present, without a gap between. */
  void begin(Watch watch, long from) {
    synchronized (objects) {
      objects.since(watch.type(), from).forEach(watch::offer);
      open.add(watch);
    }
    watch.onEnd(() -> open.remove(watch));
  }

  /** Ends all watches as an expired resource version does. */
  void expire() {
    objects.compact();
    open.forEach(Watch::expire);
  }

  void cut() {
    open.forEach(Watch::cut);
  }

  /** The open watches stay open and say nothing more. */
  void mute() {
    open.forEach(Watch::mute);
  }

  void bookmark() {
    synchronized (objects) {
      long revision = objects.tick();
      open.forEach(watch -> watch.bookmark(revision));
    }
  }
}
