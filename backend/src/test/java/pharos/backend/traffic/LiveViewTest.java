package pharos.backend.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pharos.backend.traffic.GraphFrame.Origin;
import pharos.backend.traffic.LiveView.Cursor;
import pharos.backend.traffic.LiveView.Next;
import pharos.graph.GraphKind;
import pharos.graph.GraphOptions;
import pharos.graph.TrafficGraph;
import pharos.graph.view.GraphDelta;

/** What a viewer gets, by how far it is. */
final class LiveViewTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Events whose text says what they are; counts how often a whole graph was encoded. */
  private static final class NamedEvents implements FrameEncoding {
    private int snapshots;
    private int snapshotSize = 100;

    @Override
    public WireEvent snapshot(String epoch, GraphFrame frame) {
      snapshots++;
      return event("whole " + frame.seq() + " ".repeat(snapshotSize));
    }

    @Override
    public WireEvent delta(String epoch, long base, GraphFrame frame, GraphDelta delta) {
      return event(base + " to " + frame.seq());
    }

    @Override
    public WireEvent problem(TrafficFailure failure) {
      return event("problem: " + failure.getMessage());
    }

    private static WireEvent event(String text) {
      return new WireEvent(Buffer.buffer(text), Buffer.buffer());
    }
  }

  private final NamedEvents events = new NamedEvents();
  private LiveView live = view(4 << 20);

  private LiveView view(int ringBytes) {
    TrafficSettings settings =
        new TrafficSettings(
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            10,
            10,
            4,
            ringBytes,
            Duration.ofSeconds(10));
    return new LiveView(
        new GraphView(GraphOptions.DEFAULT, Duration.ofMinutes(1), null, null, null),
        "e",
        events,
        settings);
  }

  @BeforeEach
  void fourFrames() {
    for (int seq = 1; seq <= 4; seq++) {
      publish(seq);
    }
  }

  private void publish(long seq) {
    Instant at = START.plusSeconds(5 * (seq - 1));
    TrafficGraph graph =
        new TrafficGraph(
            GraphKind.WORKLOAD,
            at,
            Duration.ofMinutes(1),
            Set.of(),
            List.of(),
            List.of(),
            List.of(),
            true,
            List.of());
    live.publish(new GraphFrame(graph, seq, "t", List.of(), null, Origin.LIVE, null), null, at);
  }

  private List<String> after(String lastEventId, boolean skip) {
    return words(live.after(live.cursor(lastEventId), skip));
  }

  private static List<String> words(Next next) {
    return next.events().stream().map(event -> event.plain().toString().strip()).toList();
  }

  @Test
  void newViewer_getsTheNewestGraph_encodedOnceForAll() {
    int before = events.snapshots;
    assertThat(after("", false)).containsExactly("whole 4");
    assertThat(after("other-2", false)).containsExactly("whole 4");
    assertThat(after("e-x", false)).containsExactly("whole 4");
    assertThat(events.snapshots).isEqualTo(before + 1);
  }

  @Test
  void viewerThatIsBehind_getsTheChangesItMissed() {
    assertThat(after("e-3", false)).containsExactly("3 to 4");
    assertThat(after("e-2", false)).containsExactly("2 to 3", "3 to 4");
    assertThat(after("e-4", false)).isEmpty();
  }

  @Test
  void slowViewer_skipsToTheNewestGraph_andTheSkippedAreCounted() {
    Next next = live.after(live.cursor("e-1"), true);
    assertThat(words(next)).containsExactly("whole 4");
    assertThat(next.skipped()).isEqualTo(2);
    assertThat(after("e-3", true)).containsExactly("3 to 4");
  }

  @Test
  void changesLargerThanTheGraph_areNotSent() {
    events.snapshotSize = 0;
    publish(5);
    assertThat(after("e-1", false)).containsExactly("whole 5");
  }

  @Test
  void wholeGraph_isAStepOfItsOwnEvery30Seconds() {
    publish(5);
    publish(6);
    assertThat(after("e-5", false)).containsExactly("5 to 6");
    publish(7); // 30 s after the first
    assertThat(after("e-6", false)).containsExactly("whole 7");
    publish(8);
    assertThat(after("e-7", false)).containsExactly("7 to 8");
    assertThat(after("e-6", false)).containsExactly("whole 8");
  }

  @Test
  void changesNoLongerKept_areReplacedByTheGraph() {
    live = view(14);
    fourFrames();
    assertThat(after("e-3", false)).containsExactly("3 to 4");
    assertThat(after("e-1", false)).containsExactly("whole 4");
  }

  @Test
  void eventOfTheFuture_orOfNonsense_startsAnew() {
    assertThat(after("e-9", false)).containsExactly("whole 4");
    assertThat(after("e--9", false)).containsExactly("whole 4");
    assertThat(after("e-99999999999999999999", false)).containsExactly("whole 4");
  }

  @Test
  void problem_isToldOncePerViewer_untilItChanges() {
    live.failed(new SourceUnavailable("prometheus", "down"));
    Next first = live.after(Cursor.START, false);
    assertThat(words(first)).containsExactly("whole 4", "problem: down");
    assertThat(words(live.after(first.cursor(), false))).isEmpty();
    live.failed(new SourceUnavailable("prometheus", "down"));
    assertThat(words(live.after(first.cursor(), false))).isEmpty();
    live.failed(new SourceUnavailable("prometheus", "timeout"));
    assertThat(words(live.after(first.cursor(), false))).containsExactly("problem: timeout");
    publish(5);
    assertThat(words(live.after(first.cursor(), false))).containsExactly("4 to 5");
  }
}
