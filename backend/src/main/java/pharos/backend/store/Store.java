package pharos.backend.store;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import pharos.backend.change.Journal;
import pharos.backend.traces.TraceStore;
import pharos.backend.traffic.GraphHistory;
import pharos.backend.traffic.SourceStatus;

/** All that is kept in PostgreSQL, and how it is. */
public final class Store implements AutoCloseable {
  private final Database database;
  private final PgGraphHistory history;
  private final ConfigMarks configMarks;
  private final PgTraces traces;
  private final TraceRetention traceRetention;
  private final PgJournal journal;

  public Store(Database database, HistoryOptions options, TraceOptions traceOptions, Clock clock) {
    this.database = database;
    this.history = new PgGraphHistory(database, options, clock);
    this.configMarks = new ConfigMarks(database);
    this.traces = new PgTraces(database);
    this.traceRetention = new TraceRetention(database, traceOptions, clock);
    this.journal = new PgJournal(database);
  }

  public GraphHistory history() {
    return history;
  }

  public ConfigMarks configMarks() {
    return configMarks;
  }

  public TraceStore traces() {
    return traces;
  }

  public Journal journal() {
    return journal;
  }

  /** Health of the server, with the number of frames that were lost. */
  public SourceStatus status() {
    SourceStatus status = database.status();
    Map<String, String> facts = new HashMap<>(status.facts());
    facts.put("droppedFrames", String.valueOf(history.droppedFrames()));
    return new SourceStatus(
        status.name(),
        status.kind(),
        status.state(),
        status.observedAt(),
        status.since(),
        status.detail(),
        status.warnings(),
        facts);
  }

  /** Stops writing, then closes all connections. */
  @Override
  public void close() {
    history.close();
    traceRetention.close();
    database.close();
  }
}
