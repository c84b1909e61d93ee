package pharos.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pharos.backend.store.PostgresForTests.await;
import static pharos.backend.store.PostgresForTests.awaitState;
import static pharos.backend.store.PostgresForTests.query;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pharos.backend.store.ConfigMarks.Mark;
import pharos.backend.store.Partitions.Partition;
import pharos.backend.store.Retention.Stored;
import pharos.backend.store.embedded.EmbeddedPostgres;
import pharos.backend.traffic.GraphHistory.Bucket;
import pharos.backend.traffic.GraphHistory.Frame;
import pharos.backend.traffic.GraphHistory.Summary;
import pharos.backend.traffic.SourceStatus.State;

/** Frames in a real database. */
class PgGraphHistoryTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final HistoryOptions OPTIONS =
      new HistoryOptions(Duration.ofSeconds(10), Duration.ofHours(2), Duration.ofDays(3), 1L << 30);

  private static PostgresForTests server;

  private Database database;
  private PgGraphHistory history;

  @BeforeAll
  static void start() throws Exception {
    server = new PostgresForTests();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    database = server.open(server.emptyDatabase(), Migrations.ofThisBuild());
    history = new PgGraphHistory(database, OPTIONS, Clock.fixed(NOON, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    history.close();
    database.close();
  }

  @Test
  void at_savedFrame_comesBackWhole() throws Exception {
    await(history.save(frame(NOON, 10, "degraded")));

    Frame found = await(history.at(NOON.plusSeconds(4))).orElseThrow();

    assertThat(found.at()).isEqualTo(NOON);
    assertThat(found.samples().requests()).hasSize(30);
    assertThat(new String(found.inventory(), StandardCharsets.UTF_8)).isEqualTo("inventory");
    assertThat(found.summary()).isEqualTo(new Summary(10, 1, "degraded"));
    assertThat(found.namespaces())
        .containsEntry("shop", new Summary(5, 0.5, "degraded"))
        .containsEntry("bookinfo", new Summary(1, 0, "na"));
    assertThat(await(history.begin())).isEqualTo(Optional.of(NOON));
  }

  @Test
  void save_sameMomentTwice_keepsTheFirst() throws Exception {
    await(history.save(frame(NOON, 10, "healthy")));
    await(history.save(frame(NOON, 99, "failure")));

    assertThat(await(history.at(NOON)).orElseThrow().summary().perSecond()).isEqualTo(10);
  }

  @Test
  void at_noFrameWithinTheInterval_isAGap() throws Exception {
    await(history.save(frame(NOON, 10, "healthy")));

    assertThat(await(history.at(NOON.minusSeconds(1)))).isEmpty();
    assertThat(await(history.at(NOON.plusSeconds(14)))).isPresent();
    // The minute's frame is there, but fine frames are kept for this time: their absence is a gap.
    assertThat(await(history.at(NOON.plusSeconds(20)))).isEmpty();
  }

  @Test
  void at_whereOnlyMinutesAreKept_findsTheMinute() throws Exception {
    Instant old = NOON.minus(Duration.ofHours(30));
    for (int i = 0; i < 12; i++) {
      await(history.save(frame(old.plusSeconds(10L * i), i, "healthy")));
    }
    await(history.save(frame(NOON, 1, "healthy")));
    await(new Retention(database, OPTIONS, Clock.fixed(NOON, ZoneOffset.UTC)).run());

    assertThat(await(history.at(old.plusSeconds(50))).orElseThrow().at()).isEqualTo(old);
    assertThat(await(history.at(old.plusSeconds(70))).orElseThrow().at())
        .isEqualTo(old.plusSeconds(60));
    assertThat(await(history.begin())).isEqualTo(Optional.of(old));
  }

  @Test
  void timeline_withAGap_hasNullsThere() throws Exception {
    for (int second : new int[] {0, 10, 30}) {
      await(history.save(frame(NOON.plusSeconds(second), second, second == 10 ? "failure" : "na")));
    }

    List<Bucket> narrow = await(history.timeline(NOON, NOON.plusSeconds(60), 6, Set.of()));

    assertThat(narrow).extracting(Bucket::at).startsWith(NOON, NOON.plusSeconds(10));
    assertThat(narrow.stream().map(PgGraphHistoryTest::perSecond))
        .containsExactly(0.0, 10.0, null, 30.0, null, null);
    assertThat(summary(narrow.get(1)).worstHealth()).isEqualTo("failure");
    List<Bucket> wide =
        await(history.timeline(NOON.minusSeconds(3600), NOON.plusSeconds(3600), 2, Set.of()));
    assertThat(wide.stream().map(PgGraphHistoryTest::perSecond)).containsExactly(null, 0.0);
  }

  @Test
  void timeline_narrowBucketsOfMinuteFrames_haveNoStripes() throws Exception {
    Instant old = NOON.minus(Duration.ofHours(30));
    for (int minute = 0; minute < 3; minute++) {
      await(history.save(frame(old.plusSeconds(60L * minute), minute, "healthy")));
    }
    await(history.save(frame(NOON, 1, "healthy")));
    await(new Retention(database, OPTIONS, Clock.fixed(NOON, ZoneOffset.UTC)).run());

    List<Bucket> buckets =
        await(history.timeline(old.minusSeconds(30), old.plusSeconds(90), 6, Set.of()));

    assertThat(buckets.stream().map(bucket -> bucket.summary() != null)).containsOnly(true);
  }

  @Test
  void timeline_ofNamespaces_addsUpTheirTotals() throws Exception {
    await(history.save(frame(NOON, 10, "failure")));
    await(history.save(frame(NOON.plusSeconds(10), 20, "healthy")));
    query(
        database,
        "update graph_frame_fine set namespaces = null where at = '" + NOON.plusSeconds(10) + "'");

    assertThat(await(history.timeline(NOON, NOON.plusSeconds(30), 3, Set.of("shop"))))
        .extracting(Bucket::summary)
        .containsExactly(new Summary(5, 0.5, "failure"), null, null);
    assertThat(await(history.timeline(NOON, NOON.plusSeconds(10), 1, Set.of("shop", "bookinfo"))))
        .extracting(Bucket::summary)
        .containsExactly(new Summary(6, 0.5, "failure"));
    assertThat(await(history.timeline(NOON, NOON.plusSeconds(10), 1, Set.of("quiet"))))
        .as("a frame that knows its namespaces and has none of these: no traffic")
        .extracting(Bucket::summary)
        .containsExactly(new Summary(0, 0, "na"));
    assertThat(
            await(history.timeline(NOON.minusSeconds(60), NOON.plusSeconds(60), 2, Set.of("shop"))))
        .as("from frames of a minute")
        .extracting(Bucket::summary)
        .containsExactly(null, new Summary(5, 0.5, "failure"));
  }

  @Test
  void timeline_nonsense_isRefused() {
    assertThatThrownBy(() -> history.timeline(NOON, NOON, 10, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> history.timeline(NOON.minusSeconds(1), NOON, 0, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void retention_oldFrames_goByPartition() throws Exception {
    for (Duration age : List.of(Duration.ZERO, Duration.ofDays(5), Duration.ofDays(1))) {
      await(history.save(frame(NOON.minus(age), 1, "healthy")));
    }

    List<String> dropped =
        await(new Retention(database, OPTIONS, Clock.fixed(NOON, ZoneOffset.UTC)).run());

    assertThat(dropped)
        .containsExactlyInAnyOrder(
            "graph_frame_fine_2026111612",
            "graph_frame_fine_2026112012",
            "graph_frame_minute_2026111600");
    assertThat(await(history.begin())).isEqualTo(Optional.of(NOON.minus(Duration.ofDays(1))));
    assertThat(query(database, "select 1 from graph_inventory").size()).isEqualTo(1);
  }

  @Test
  void excess_tooLarge_dropsTheOldestButNeverTheNewest() {
    HistoryOptions tight =
        new HistoryOptions(Duration.ofSeconds(10), Duration.ofDays(30), Duration.ofDays(30), 100);
    List<Stored> stored =
        List.of(
            new Stored(new Partition(Partitions.FINE, NOON.minusSeconds(7200)), 60),
            new Stored(new Partition(Partitions.FINE, NOON.minusSeconds(3600)), 60),
            new Stored(new Partition(Partitions.FINE, NOON), 70),
            new Stored(new Partition(Partitions.MINUTE, NOON.minusSeconds(43200)), 10));

    assertThat(Retention.excess(stored, tight, NOON))
        .extracting(Partition::name)
        .containsExactly("graph_frame_fine_2026112110", "graph_frame_fine_2026112111");
  }

  @Test
  void save_databaseAway_losesTheFrameAndGoesOnAfterwards() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target"), "pg-away-");
    EmbeddedPostgres first = EmbeddedPostgres.start(folder, PostgresForTests.CACHE);
    List<EmbeddedPostgres> servers = new CopyOnWriteArrayList<>(List.of(first));
    Server elsewhere = Server.embedded(() -> servers.getLast().endpoint());
    try (Database embedded = server.open(elsewhere, Migrations.ofThisBuild());
        PgGraphHistory here =
            new PgGraphHistory(embedded, OPTIONS, Clock.fixed(NOON, ZoneOffset.UTC))) {
      await(here.save(frame(NOON, 1, "healthy")));
      first.close();
      awaitState(embedded, State.DOWN);

      assertThatThrownBy(() -> await(here.save(frame(NOON.plusSeconds(10), 2, "healthy"))))
          .hasMessageContaining("PostgreSQL");
      assertThat(here.droppedFrames()).isEqualTo(1);

      servers.add(EmbeddedPostgres.start(folder, PostgresForTests.CACHE));
      awaitState(embedded, State.OK);
      await(here.save(frame(NOON.plusSeconds(20), 3, "healthy")));
      List<Bucket> buckets = await(here.timeline(NOON, NOON.plusSeconds(30), 3, Set.of()));
      assertThat(buckets.stream().map(PgGraphHistoryTest::perSecond))
          .as("the first frame outlived the server, the second is a gap")
          .containsExactly(1.0, null, 3.0);
    } finally {
      servers.getLast().close();
    }
  }

  @Test
  void configMarks_saved_comeBackNewestFirst() throws Exception {
    ConfigMarks marks = new ConfigMarks(database);
    Mark first = new Mark(NOON, "VirtualService", "bookinfo", "reviews", "weights changed");
    Mark second = new Mark(NOON.plusSeconds(1), "Gateway", "bookinfo", "gw", "created");
    await(marks.save(first));
    await(marks.save(second));

    assertThat(await(marks.between(NOON, NOON.plusSeconds(60), 10))).containsExactly(second, first);
    assertThat(await(marks.between(NOON, NOON.plusSeconds(60), 1))).containsExactly(second);
  }

  private static Frame frame(Instant at, double perSecond, String worst) {
    return new Frame(
        at,
        SampleFrames.of(at, 30, 1),
        "inventory".getBytes(StandardCharsets.UTF_8),
        new Summary(perSecond, 1, worst),
        Map.of(
            "shop", new Summary(perSecond / 2, 0.5, worst), "bookinfo", new Summary(1, 0, "na")));
  }

  private static @Nullable Double perSecond(Bucket bucket) {
    Summary summary = bucket.summary();
    return summary == null ? null : summary.perSecond();
  }

  private static Summary summary(Bucket bucket) {
    return Optional.ofNullable(bucket.summary()).orElseThrow();
  }
}
