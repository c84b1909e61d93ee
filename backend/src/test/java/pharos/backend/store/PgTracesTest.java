package pharos.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pharos.backend.store.TraceRetention.Stored;
import pharos.backend.traces.TraceStore;
import pharos.backend.traces.TraceStoreContract;

/** The contract against a real PostgreSQL, and how old hours go. */
class PgTracesTest extends TraceStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-25T10:30:00Z");

  private static PostgresForTests postgres;
  private final List<Database> open = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    postgres = new PostgresForTests();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @AfterEach
  void close() {
    open.forEach(Database::close);
  }

  private Database database() throws Exception {
    Database database = postgres.open(postgres.emptyDatabase(), Migrations.ofThisBuild());
    open.add(database);
    return database;
  }

  @Override
  protected TraceStore store() throws Exception {
    return new PgTraces(database());
  }

  @Test
  void retention_dropsWhatIsTooOld() throws Exception {
    Database database = database();
    for (String from :
        List.of("2026-11-22T09:00:00Z", "2026-11-22T10:00:00Z", "2026-11-25T10:00:00Z")) {
      String create = new TracePartitions(Instant.parse(from)).createStatement();
      PostgresForTests.query(database, create);
    }
    try (TraceRetention retention =
        new TraceRetention(
            database,
            new TraceOptions(Duration.ofDays(3), 1L << 40),
            Clock.fixed(NOW, ZoneOffset.UTC))) {
      assertThat(PostgresForTests.await(retention.run()))
          .containsExactly("trace_segment_2026112209");
      assertThat(PostgresForTests.await(retention.run())).isEmpty();
    }
  }

  @Test
  void excess_aboveTheSize_isTheOldestButNeverTheNewest() {
    List<Stored> stored = new ArrayList<>();
    for (int hour = 7; hour <= 10; hour++) {
      stored.add(new Stored(new TracePartitions(NOW.minusSeconds(hour * 3_600L)), 100));
    }
    TraceOptions options = new TraceOptions(Duration.ofDays(3), 250);
    assertThat(TraceRetention.excess(stored, options, NOW))
        .containsExactly(stored.get(3).partition(), stored.get(2).partition());
    assertThat(TraceRetention.excess(stored, new TraceOptions(Duration.ofDays(3), 1), NOW))
        .hasSize(3);
  }

  @Test
  void partition_isReadBackFromItsName() {
    TracePartitions partition = TracePartitions.of(NOW.getEpochSecond() * 1_000_000);
    assertThat(partition.table()).isEqualTo("trace_segment_2026112510");
    assertThat(TracePartitions.parse(partition.table())).contains(partition);
    assertThat(TracePartitions.parse("trace_segment_tokens")).isEmpty();
  }
}
