package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import pharos.backend.change.Change;
import pharos.backend.change.Step;
import pharos.config.resource.ResourceKey;

/** Changes with their steps, as rows. */
final class ChangeRows {
  private static final String INSERT_SET =
      """
      insert into change_set (id, title, author, at, reverts, hash, state, detail)
      values ($1, $2, $3, $4, $5, $6, $7, $8)\
      """;
  private static final String INSERT_STEP =
      """
      insert into change_step (change_id, number, api_group, kind, version, namespace, name, before,
        after, left_as, state, detail)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)\
      """;
  private static final String UPDATE_STEP =
      """
      update change_step set state = $3, left_as = $4, detail = $5
      where change_id = $1 and number = $2\
      """;
  private static final String OF =
      """
      select c.id, c.title, c.author, c.at, c.reverts, c.hash, c.state, c.detail, s.number,
        s.api_group, s.kind, s.version, s.namespace, s.name, s.before, s.after, s.left_as, s.state,
        s.detail
      from change_set c join change_step s on s.change_id = c.id\
      """;
  private static final String FIND = OF + " where c.id = $1 order by s.number";
  private static final String NEWEST =
      OF
          + " where c.id in (select id from change_set order by at desc, id limit $1)"
          + " order by c.at desc, c.id, s.number";

  private ChangeRows() {}

  static Future<Void> insert(SqlConnection connection, Change change) {
    List<Tuple> steps = new ArrayList<>();
    for (Step step : change.steps()) {
      ResourceKey key = step.key();
      steps.add(
          Tuple.from(
              new Object[] {
                change.id(),
                step.number(),
                key.kind().group(),
                key.kind().name(),
                step.version(),
                key.namespace(),
                key.name(),
                step.before(),
                step.after(),
                step.left(),
                step.state().name(),
                step.detail()
              }));
    }
    return connection
        .preparedQuery(INSERT_SET)
        .execute(
            Tuple.from(
                new Object[] {
                  change.id(),
                  change.title(),
                  change.author(),
                  change.at().atOffset(ZoneOffset.UTC),
                  change.reverts(),
                  change.hash(),
                  change.state().name(),
                  change.detail()
                }))
        .compose(_ -> connection.preparedQuery(INSERT_STEP).executeBatch(steps))
        .mapEmpty();
  }

  static Future<Void> update(SqlConnection connection, UUID id, Step step) {
    return connection
        .preparedQuery(UPDATE_STEP)
        .execute(Tuple.of(id, step.number(), step.state().name(), step.left(), step.detail()))
        .mapEmpty();
  }

  static Future<Optional<Change>> find(SqlConnection connection, UUID id) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(id))
        .map(rows -> read(rows).stream().findFirst());
  }

  static Future<List<Change>> newest(SqlConnection connection, int limit) {
    return connection.preparedQuery(NEWEST).execute(Tuple.of(limit)).map(ChangeRows::read);
  }

  private static List<Change> read(RowSet<Row> rows) {
    Map<UUID, List<Row>> byChange = new LinkedHashMap<>();
    for (Row row : rows) {
      byChange.computeIfAbsent(row.getUUID(0), _ -> new ArrayList<>()).add(row);
    }
    return byChange.values().stream().map(ChangeRows::change).toList();
  }

  private static Change change(List<Row> rows) {
    Row head = rows.getFirst();
    return new Change(
        head.getUUID(0),
        head.getString(1),
        head.getString(2),
        head.getOffsetDateTime(3).toInstant(),
        head.getUUID(4),
        head.getString(5),
        Change.State.valueOf(head.getString(6)),
        head.getString(7),
        rows.stream().map(ChangeRows::step).toList());
  }

  private static Step step(Row row) {
    return new Step(
        row.getInteger(8),
        new ResourceKey(
            new ResourceKey.Kind(row.getString(9), row.getString(10)),
            row.getString(12),
            row.getString(13)),
        row.getString(11),
        row.getString(14),
        row.getString(15),
        Step.State.valueOf(row.getString(17)),
        row.getString(16),
        row.getString(18));
  }
}
