package pharos.backend.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.graph.view.GraphDelta;

/**
 * One live picture and those who watch it. Viewers pull: they are told that there is something new
 * and take what they can, so nothing is queued for a slow one.
 */
public final class LiveView {
  private final GraphView view;
  private final String epoch;
  private final FrameEncoding encoding;
  private final Duration snapshotEvery;
  private final int ringBytes;

  private final Set<Runnable> viewers = new LinkedHashSet<>();
  private final Deque<Step> ring = new ArrayDeque<>();
  private int ringSize;
  private @Nullable GraphFrame frame;
  private @Nullable WireEvent snapshot;
  private @Nullable WireEvent problem;
  private Instant snapshotAt = Instant.MIN;
  private @Nullable TrafficFailure failure;
  private long version;

  LiveView(GraphView view, String epoch, FrameEncoding encoding, TrafficSettings settings) {
    this.view = view;
    this.epoch = epoch;
    this.encoding = encoding;
    this.snapshotEvery = settings.snapshotEvery();
    this.ringBytes = settings.ringBytes();
  }

  public GraphView view() {
    return view;
  }

  /** The newest frame; null before the first. */
  public synchronized @Nullable GraphFrame frame() {
    return frame;
  }

  /** Why there is no current frame; null when there is one. */
  public synchronized @Nullable TrafficFailure failure() {
    return failure;
  }

  synchronized boolean add(Runnable viewer) {
    return viewers.add(viewer);
  }

  /** Returns whether it was the last one. */
  synchronized boolean remove(Runnable viewer) {
    return viewers.remove(viewer) && viewers.isEmpty();
  }

  synchronized int viewerCount() {
    return viewers.size();
  }

  /**
   * Where a viewer starts that saw the event {@code lastEventId}; null or foreign: from nothing.
   */
  public Cursor cursor(@Nullable String lastEventId) {
    if (lastEventId != null && lastEventId.startsWith(epoch + "-")) {
      try {
        return new Cursor(Long.parseLong(lastEventId.substring(epoch.length() + 1)), 0);
      } catch (NumberFormatException e) {
        return Cursor.START;
      }
    }
    return Cursor.START;
  }

  /**
   * What comes after {@code cursor}: the changes in their order where they are still known and not
   * larger than the whole graph, else the newest graph. Empty when there is nothing new.
   *
   * @param skip a reader that could not keep up: it gets the newest graph when it missed several
   */
  public synchronized Next after(Cursor cursor, boolean skip) {
    List<WireEvent> events = new ArrayList<>(2);
    GraphFrame newest = frame;
    long seq = cursor.seq();
    long skipped = 0;
    if (newest != null && seq != newest.seq()) {
      boolean anew = seq <= 0 || (skip && newest.seq() - seq > 1);
      List<WireEvent> steps = anew ? List.of() : stepsAfter(seq);
      WireEvent whole = snapshot();
      if (steps.isEmpty() || (steps.size() > 1 && size(steps) > whole.size())) {
        events.add(whole);
        skipped = seq <= 0 ? 0 : Math.max(0, newest.seq() - seq - 1);
      } else {
        events.addAll(steps);
      }
      seq = newest.seq();
    }
    if (problem != null && cursor.problem() != version) {
      events.add(problem);
    }
    return new Next(List.copyOf(events), new Cursor(seq, problem == null ? 0 : version), skipped);
  }

  /** The changes after {@code seq}, from the last whole graph among them on; empty when unknown. */
  private List<WireEvent> stepsAfter(long seq) {
    List<WireEvent> steps = new ArrayList<>();
    boolean joined = false;
    for (Step step : ring) {
      if (step.seq() <= seq) {
        continue;
      }
      if (step.whole()) {
        steps.clear();
        joined = true;
      } else if (step.base() == seq) {
        joined = true;
      }
      steps.add(step.event());
    }
    return joined ? steps : List.of();
  }

  private WireEvent snapshot() {
    GraphFrame newest = frame;
    if (newest == null) {
      throw new IllegalStateException("no frame yet");
    }
    WireEvent whole = snapshot;
    if (whole == null) {
      whole = encoding.snapshot(epoch, newest);
      snapshot = whole;
    }
    return whole;
  }

  /** Takes a new frame and tells the viewers. Called by the producer only, one at a time. */
  void publish(GraphFrame next, @Nullable TrafficFailure why, Instant now) {
    GraphFrame before = frame();
    boolean whole = before == null || !now.isBefore(snapshotAt.plus(snapshotEvery));
    // Encoding happens outside the lock: viewers that pull meanwhile still get the frame before.
    WireEvent event =
        before == null || whole
            ? encoding.snapshot(epoch, next)
            : encoding.delta(
                epoch, before.seq(), next, GraphDelta.between(before.graph(), next.graph()));
    Step step = new Step(next.seq(), before == null ? 0 : before.seq(), whole, event);
    synchronized (this) {
      frame = next;
      snapshot = whole ? event : null;
      if (whole) {
        snapshotAt = now;
      }
      ring.addLast(step);
      ringSize += event.size();
      while (ringSize > ringBytes && ring.size() > 1) {
        ringSize -= ring.removeFirst().event().size();
      }
      note(why);
    }
    tellViewers();
  }

  /** There is no frame, and this is why. */
  void failed(TrafficFailure why) {
    synchronized (this) {
      note(why);
    }
    tellViewers();
  }

  private void note(@Nullable TrafficFailure why) {
    TrafficFailure before = failure;
    failure = why;
    if (why == null) {
      problem = null;
    } else if (before == null || !String.valueOf(before.getMessage()).equals(why.getMessage())) {
      problem = encoding.problem(why);
      version++;
    }
  }

  private void tellViewers() {
    List<Runnable> present;
    synchronized (this) {
      present = List.copyOf(viewers);
    }
    present.forEach(Runnable::run);
  }

  private static int size(List<WireEvent> events) {
    return events.stream().mapToInt(WireEvent::size).sum();
  }

  /**
   * How far a viewer is.
   *
   * @param seq last frame it has; 0 for none
   * @param problem last problem it was told of; 0 for none
   */
  public record Cursor(long seq, long problem) {
    static final Cursor START = new Cursor(0, 0);
  }

  /**
   * @param skipped frames that this viewer will never see
   */
  public record Next(List<WireEvent> events, Cursor cursor, long skipped) {}

  private record Step(long seq, long base, boolean whole, WireEvent event) {}
}
