package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pharos.backend.change.Change;
import pharos.backend.change.ChangeFailure;
import pharos.backend.change.Journal;
import pharos.backend.change.Step;

/**
 * The journal of changes. A process that says nothing for {@link #LEASE} has lost its changes, and
 * every later statement of it about them fails.
 */
public final class PgJournal implements Journal {
  /** Three times as long as a running change may be silent. */
  static final Duration LEASE = Duration.ofSeconds(15);

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private static final String BEGIN =
      """
      update change_set set state = 'APPLYING', applied_by = $2, idempotency_key = $3, runner = $4,
        alive_at = clock_timestamp()
      where id = $1 and state = 'PREVIEWED'\
      """;
  private static final String OF_KEY = "select id from change_set where idempotency_key = $1";
  private static final String TAKE =
      "insert into change_lock (object, change_id) values ($1, $2) on conflict do nothing";
  private static final String HOLDER = "select change_id from change_lock where object = $1";
  private static final String GIVE_BACK = "delete from change_lock where change_id = $1";
  private static final String STATE =
      """
      update change_set set state = $3, detail = $4, alive_at = clock_timestamp()
      where id = $1 and runner = $2\
      """;
  private static final String ALIVE =
      "update change_set set alive_at = clock_timestamp() where id = $1 and runner = $2";
  private static final String MARK =
      """
      insert into config_mark (at, kind, namespace, name, what)
      values (clock_timestamp(), $1, $2, $3, $4)\
      """;
  private static final String TAKE_OVER =
      """
      with abandoned as (
        select id, alive_at from change_set
        where state in ('APPLYING', 'COMPENSATING')
          and alive_at < clock_timestamp() - $2 * interval '1 second'
        order by alive_at limit 1 for update skip locked)
      update change_set set runner = $1, alive_at = clock_timestamp()
      from abandoned where change_set.id = abandoned.id
      returning change_set.id, extract(epoch from clock_timestamp() - abandoned.alive_at)::float8\
      """;

  private static final Comparator<Step> BY_OBJECT = Comparator.comparing(PgJournal::object);

  private final Database database;

  public PgJournal(Database database) {
    this.database = database;
  }

  @Override
  public void add(Change change) {
    transaction(connection ->
        ChangeRows.insert(connection, change)
            .compose(_ ->
                Audit.add(connection, change.author(), "preview", change.id(), change.title())));
  }

  @Override
  public Optional<Change> find(UUID id) {
    return transaction(connection -> ChangeRows.find(connection, id));
  }

  @Override
  public List<Change> newest(int limit) {
    return transaction(connection -> ChangeRows.newest(connection, limit));
  }

  @Override
  public Acceptance accept(
      Change change, String by, @Nullable String idempotencyKey, String runner) {
    try {
      return transaction(connection ->
          connection
              .preparedQuery(BEGIN)
              .execute(Tuple.of(change.id(), by, idempotencyKey, runner))
              .compose(begun ->
                  begun.rowCount() == 0
                      ? notBegun(connection, change, idempotencyKey)
                      : take(connection, change, by)));
    } catch (Refused refused) {
      return refused.answer;
    }
  }

  /** The objects are taken in one order by everybody, so that nobody waits in a circle. */
  private static Future<Acceptance> take(SqlConnection connection, Change change, String by) {
    Future<Void> taken = Future.succeededFuture();
    for (Step step : change.steps().stream().sorted(BY_OBJECT).toList()) {
      String object = object(step);
      taken =
          taken
              .compose(_ -> connection.preparedQuery(TAKE).execute(Tuple.of(object, change.id())))
              .compose(_ -> connection.preparedQuery(HOLDER).execute(Tuple.of(object)))
              .compose(rows -> {
                UUID holder = rows.iterator().next().getUUID(0);
                return holder.equals(change.id())
                    ? Future.succeededFuture()
                    : busy(connection, step, holder);
              });
    }
    return taken
        .compose(_ -> Audit.add(connection, by, "apply", change.id(), change.title()))
        .map(_ -> new Acceptance.Begun(change.started()));
  }

  private static String object(Step step) {
    return step.key().kind() + " " + step.key().namespace() + "/" + step.key().name();
  }

  /** Fails, so that nothing of the transaction stays. */
  private static Future<Void> busy(SqlConnection connection, Step step, UUID holder) {
    return ChangeRows.find(connection, holder)
        .compose(other ->
            Future.failedFuture(
                new Refused(new Acceptance.Busy(step.key().origin(), other.orElseThrow()))));
  }

  private static Future<Acceptance> notBegun(
      SqlConnection connection, Change change, @Nullable String idempotencyKey) {
    Future<Optional<UUID>> ofKey =
        idempotencyKey == null
            ? Future.succeededFuture(Optional.empty())
            : connection
                .preparedQuery(OF_KEY)
                .execute(Tuple.of(idempotencyKey))
                .map(rows ->
                    rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getUUID(0)));
    return ofKey.compose(holder ->
        ChangeRows.find(connection, change.id())
            .map(now -> {
              Change known = now.orElse(change);
              if (holder.isEmpty()) {
                return new Acceptance.Past(known);
              }
              return holder.get().equals(change.id())
                  ? new Acceptance.Again(known)
                  : new Acceptance.KeyTaken(holder.get());
            }));
  }

  @Override
  public void record(Change change, Step step, String runner) {
    transaction(connection ->
        state(connection, change, runner)
            .compose(_ -> ChangeRows.update(connection, change.id(), step))
            .compose(_ -> mark(connection, change, step)));
  }

  /** Charts show when the configuration really changed. */
  private static Future<Void> mark(SqlConnection connection, Change change, Step step) {
    if (step.state() != Step.State.APPLIED && step.state() != Step.State.UNDONE) {
      return Future.succeededFuture();
    }
    String what = step.state() == Step.State.UNDONE ? "taken back: " : "";
    return connection
        .preparedQuery(MARK)
        .execute(
            Tuple.of(
                step.key().kind().name(),
                step.key().namespace(),
                step.key().name(),
                what + change.title()))
        .mapEmpty();
  }

  private static Future<Void> state(SqlConnection connection, Change change, String runner) {
    return connection
        .preparedQuery(STATE)
        .execute(Tuple.of(change.id(), runner, change.state().name(), change.detail()))
        .compose(rows ->
            rows.rowCount() == 1
                ? Future.succeededFuture()
                : Future.failedFuture("another process took the change over"));
  }

  @Override
  public void end(Change change, String runner) {
    transaction(connection ->
        state(connection, change, runner)
            .compose(_ -> connection.preparedQuery(GIVE_BACK).execute(Tuple.of(change.id())))
            .compose(_ ->
                Audit.add(
                    connection, "pharos", change.state().words(), change.id(), change.detail())));
  }

  @Override
  public void renew(UUID id, String runner) {
    transaction(connection ->
        connection
            .preparedQuery(ALIVE)
            .execute(Tuple.of(id, runner))
            .compose(rows ->
                rows.rowCount() == 1
                    ? Future.succeededFuture()
                    : Future.failedFuture("another process took the change over")));
  }

  @Override
  public Optional<Abandoned> takeOver(String runner) {
    return transaction(connection ->
        connection
            .preparedQuery(TAKE_OVER)
            .execute(Tuple.of(runner, (double) LEASE.toSeconds()))
            .compose(rows -> {
              if (rows.size() == 0) {
                return Future.succeededFuture(Optional.empty());
              }
              Row row = rows.iterator().next();
              Duration silence = Duration.ofSeconds(Math.round(row.getDouble(1)));
              return ChangeRows.find(connection, row.getUUID(0))
                  .map(change -> change.map(known -> new Abandoned(known, silence)));
            }));
  }

  @Override
  public void attempt(Attempt attempt) {
    transaction(connection ->
        Audit.add(connection, attempt.who(), attempt.what(), attempt.change(), attempt.detail()));
  }

  @Override
  public boolean auditHolds() {
    return transaction(Audit::holds);
  }

  private <T> T transaction(Function<SqlConnection, Future<T>> work) {
    try {
      return Database.await(database.use(pool -> pool.withTransaction(work)), LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChangeFailure.JournalAway("interrupted while writing the journal");
    } catch (TimeoutException e) {
      throw new ChangeFailure.JournalAway("The journal did not answer in time.");
    } catch (ExecutionException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof Refused refused) {
          throw refused;
        }
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ChangeFailure.JournalAway(String.valueOf(cause.getMessage()));
    }
  }

  /** Ends a transaction with an answer that is no failure. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Acceptance answer;

    Refused(Acceptance answer) {
      super("refused", null, false, false);
      this.answer = answer;
    }
  }
}
