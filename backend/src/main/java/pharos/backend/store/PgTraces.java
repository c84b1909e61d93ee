package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import pharos.backend.traces.Payload;
import pharos.backend.traces.Segment;
import pharos.backend.traces.Segment.Name;
import pharos.backend.traces.Tokens;
import pharos.backend.traces.TraceId;
import pharos.backend.traces.TraceStore;

/** Every statement that writes or reads segments. {@link TraceRetention} lets them go. */
public final class PgTraces implements TraceStore {

  private static final int MAX_SEGMENTS = 20_000;
  private static final int MAX_NAMES = 5_000;

  /** Partitions are created by one process at a time; the number only has to be ours. */
  private static final String LOCK = "select pg_advisory_xact_lock(7233182821)";

  // One statement per batch with a list per column: as fast as COPY, which the client lacks. A list
  // of lists must be a rectangle in PostgreSQL, so tokens come as one list with their counts.
  private static final String APPEND =
      """
      with incoming as (
        select trace_id, start_us, end_us, spans, errors, payload, count,
          sum(count) over (order by ordinality) - count as skipped
        from unnest($1::uuid[], $2::int8[], $3::int8[], $4::int4[], $5::int4[], $6::bytea[],
          $7::int4[]) with ordinality
          as t (trace_id, start_us, end_us, spans, errors, payload, count, ordinality)
      )
      insert into trace_segment (trace_id, start_us, end_us, spans, errors, tokens, payload)
      select trace_id, start_us, end_us, spans, errors,
        ($8::int4[])[skipped + 1 : skipped + count], payload
      from incoming\
      """;

  private static final String APPEND_NAMES =
      """
      insert into trace_name (service, operation)
      select * from unnest($1::text[], $2::text[]) on conflict do nothing\
      """;

  private static final String NAMES =
      "select service, operation from trace_name order by service, operation limit $1";

  private static final String NEWEST =
      """
      select trace_id, start_us from trace_segment
      where (start_us, trace_id) < ($1, $2) and start_us >= $3 and end_us - start_us >= $4
      order by start_us desc, trace_id desc limit $5\
      """;

  private static final String NEWEST_WITH_TOKENS =
      """
      select trace_id, start_us from trace_segment
      where (start_us, trace_id) < ($1, $2) and start_us >= $3 and end_us - start_us >= $4
        and (tokens @> $6::int4[] or tokens @> $7::int4[])
      order by start_us desc, trace_id desc limit $5\
      """;

  private static final String SEGMENTS =
      """
      select trace_id, start_us, tokens @> $2::int4[] or tokens @> $3::int4[], payload
      from trace_segment
      where trace_id = any($1::uuid[]) and start_us between $4 and $5
      order by start_us limit $6\
      """;

  private final Database database;
  private final Set<TracePartitions> partitions = ConcurrentHashMap.newKeySet();
  private final Set<Name> names = ConcurrentHashMap.newKeySet();

  public PgTraces(Database database) {
    this.database = database;
  }

  @Override
  public Future<Void> append(List<Segment> segments) {
    if (segments.isEmpty()) {
      return Future.succeededFuture();
    }
    Set<TracePartitions> missing = new LinkedHashSet<>();
    Set<Name> newNames = new HashSet<>();
    for (Segment segment : segments) {
      missing.add(TracePartitions.of(segment.startMicros()));
      newNames.addAll(segment.names());
    }
    missing.removeAll(partitions);
    newNames.removeAll(names);
    if (names.size() > MAX_NAMES) {
      newNames.clear(); // names that are made up anew all the time must not fill the table
    }
    return create(missing)
        .compose(
            _ -> database.use(pool -> pool.withTransaction(sql -> insert(sql, segments, newNames))))
        .onSuccess(_ -> {
          partitions.addAll(missing);
          names.addAll(newNames);
        })
        .onFailure(_ -> partitions.clear()); // an hour that we believed in may be gone
  }

  private Future<Void> create(Set<TracePartitions> missing) {
    if (missing.isEmpty()) {
      return Future.succeededFuture();
    }
    return database.use(pool ->
        pool.withTransaction(sql -> {
          Future<?> done = sql.query(LOCK).execute();
          for (TracePartitions partition : missing) {
            done = done.compose(_ -> sql.query(partition.createStatement()).execute());
          }
          return done.mapEmpty();
        }));
  }

  private static Future<Void> insert(
      SqlConnection sql, List<Segment> segments, Set<Name> newNames) {
    int size = segments.size();
    UUID[] traces = new UUID[size];
    Long[] starts = new Long[size];
    Long[] ends = new Long[size];
    Integer[] spans = new Integer[size];
    Integer[] errors = new Integer[size];
    Buffer[] payloads = new Buffer[size];
    Integer[] counts = new Integer[size];
    List<Integer> tokens = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Segment segment = segments.get(i);
      traces[i] = segment.trace().uuid();
      starts[i] = segment.startMicros();
      ends[i] = segment.endMicros();
      spans[i] = segment.spans();
      errors[i] = segment.errors();
      payloads[i] = Buffer.buffer(segment.payload().bytes());
      counts[i] = segment.tokens().size();
      tokens.addAll(segment.tokens());
    }
    Tuple row =
        Tuple.tuple()
            .addArrayOfUUID(traces)
            .addArrayOfLong(starts)
            .addArrayOfLong(ends)
            .addArrayOfInteger(spans)
            .addArrayOfInteger(errors)
            .addArrayOfBuffer(payloads)
            .addArrayOfInteger(counts)
            .addArrayOfInteger(tokens.toArray(Integer[]::new));
    Future<?> done = sql.preparedQuery(APPEND).execute(row);
    if (newNames.isEmpty()) {
      return done.mapEmpty();
    }
    List<String> services = new ArrayList<>();
    List<String> operations = new ArrayList<>();
    // Sorted, so that two writers lock in the same order.
    newNames.stream()
        .map(PgTraces::columns)
        .sorted()
        .forEach(columns -> {
          services.add(columns.service());
          operations.add(columns.operation());
        });
    return done.compose(_ ->
            sql.preparedQuery(APPEND_NAMES)
                .execute(
                    Tuple.tuple()
                        .addArrayOfString(services.toArray(String[]::new))
                        .addArrayOfString(operations.toArray(String[]::new))))
        .mapEmpty();
  }

  private static Columns columns(Name name) {
    return switch (name) {
      case Name.Operation(var service, var operation) ->
          new Columns(clean(service.isEmpty() ? "unknown" : service), clean(operation));
      case Name.Key(var key) -> new Columns("", clean(key));
    };
  }

  /** PostgreSQL's text cannot hold the character 0. */
  private static String clean(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private record Columns(String service, String operation) implements Comparable<Columns> {
    @Override
    public int compareTo(Columns other) {
      int byService = service.compareTo(other.service);
      return byService != 0 ? byService : operation.compareTo(other.operation);
    }
  }

  @Override
  public Future<List<Candidate>> candidates(Question question) {
    TraceId trace = question.before().trace();
    // Before a time alone means: whatever the id.
    UUID id = trace == null ? new UUID(0, 0) : trace.uuid();
    Tuple parameters =
        Tuple.of(
            question.before().startMicros(),
            id,
            question.fromMicros(),
            question.leastMicros(),
            question.limit());
    boolean any = question.tokens().isEmpty();
    if (!any) {
      parameters.addArrayOfInteger(question.tokens().toArray(Integer[]::new));
      parameters.addArrayOfInteger(new Integer[] {Tokens.OVERFLOW});
    }
    return database
        .use(pool -> pool.preparedQuery(any ? NEWEST : NEWEST_WITH_TOKENS).execute(parameters))
        .map(rows -> {
          List<Candidate> candidates = new ArrayList<>(rows.size());
          for (Row row : rows) {
            candidates.add(new Candidate(TraceId.of(row.getUUID(0)), row.getLong(1)));
          }
          return candidates;
        });
  }

  @Override
  public Future<Map<TraceId, List<Found>>> segments(
      Collection<TraceId> traces, Set<Integer> tokens, long fromMicros, long toMicros) {
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfUUID(traces.stream().map(TraceId::uuid).toArray(UUID[]::new))
            .addArrayOfInteger(tokens.toArray(Integer[]::new))
            .addArrayOfInteger(new Integer[] {Tokens.OVERFLOW})
            .addLong(fromMicros)
            .addLong(toMicros)
            .addInteger(MAX_SEGMENTS);
    return database
        .use(pool -> pool.preparedQuery(SEGMENTS).execute(parameters))
        .map(PgTraces::byTrace);
  }

  private static Map<TraceId, List<Found>> byTrace(RowSet<Row> rows) {
    Map<TraceId, List<Found>> found = new HashMap<>();
    for (Row row : rows) {
      found
          .computeIfAbsent(TraceId.of(row.getUUID(0)), _ -> new ArrayList<>())
          .add(
              new Found(
                  row.getLong(1), row.getBoolean(2), Payload.stored(row.getBuffer(3).getBytes())));
    }
    return found;
  }

  @Override
  public Future<List<Name>> names() {
    return database
        .use(pool -> pool.preparedQuery(NAMES).execute(Tuple.of(MAX_NAMES)))
        .map(rows -> {
          List<Name> found = new ArrayList<>(rows.size());
          for (Row row : rows) {
            String service = row.getString(0);
            String second = row.getString(1);
            found.add(
                service.isEmpty() ? new Name.Key(second) : new Name.Operation(service, second));
          }
          return found;
        });
  }
}
