package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Brings the schema to this build's version: plain SQL files, each applied once, in one transaction
 * under a lock, so that any number of processes may start at the same time. Never goes backwards.
 */
final class Migrations {
  /** Files of {@code db/migration}, in order. A file that was released never changes. */
  static final List<String> FILES =
      List.of("001_history.sql", "002_traces.sql", "003_changes.sql", "004_namespace_totals.sql");

  private static final String FOLDER = "/db/migration/";
  private static final int OLDEST_SERVER = 150000;

  /** Any number, as long as nobody else uses it: "pharos" in ASCII. */
  private static final long LOCK = 0x706861726f73L;

  private static final String CREATE_TABLE =
      """
      create table if not exists pharos_migration (
        number integer primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      )\
      """;
  private static final String APPLIED =
      "select number, name, checksum from pharos_migration order by number";
  private static final String RECORD =
      "insert into pharos_migration (number, name, checksum) values ($1, $2, $3)";

  private final List<Migration> known;

  Migrations(List<Migration> known) {
    this.known = List.copyOf(known);
  }

  /** The migrations of this build. */
  static Migrations ofThisBuild() {
    return new Migrations(FILES.stream().map(Migrations::read).toList());
  }

  /**
   * Applies what is missing; the answer is the number of migrations applied now.
   *
   * @return fails with {@link SchemaRefused} when the database is newer, older than a build that
   *     can be upgraded, or was changed behind our back
   */
  Future<Integer> run(Pool pool) {
    return pool.withTransaction(connection ->
        connection
            .query("set local statement_timeout = '5min'")
            .execute()
            .compose(_ -> serverVersion(connection))
            .compose(_ -> connection.query("select pg_advisory_xact_lock(" + LOCK + ")").execute())
            .compose(_ -> connection.query(CREATE_TABLE).execute())
            .compose(_ -> connection.query(APPLIED).execute())
            .compose(applied -> apply(connection, missing(applied))));
  }

  private static Future<Void> serverVersion(SqlConnection connection) {
    return connection
        .query("select current_setting('server_version_num')::int")
        .execute()
        .compose(rows -> {
          int version = rows.iterator().next().getInteger(0);
          return version >= OLDEST_SERVER
              ? Future.succeededFuture()
              : Future.failedFuture(
                  new SchemaRefused(
                      "the server is PostgreSQL %d (expected: %d or newer)"
                          .formatted(version / 10000, OLDEST_SERVER / 10000)));
        });
  }

  private List<Migration> missing(RowSet<Row> applied) {
    int position = 0;
    for (Row row : applied) {
      int number = row.getInteger(0);
      if (position >= known.size()) {
        throw new SchemaRefused(
            "the database has schema version %d (%s), this build knows up to version %d; run the newer"
                    .formatted(lastNumber(applied), row.getString(1), known.getLast().number())
                + " Pharos, or restore the database from before its upgrade");
      }
      Migration expected = known.get(position++);
      if (number != expected.number()) {
        throw new SchemaRefused(
            "the database lacks migration %s but has later ones; restore it from a backup"
                .formatted(expected.name()));
      }
      if (!row.getString(2).equals(expected.checksum())) {
        throw new SchemaRefused(
            "migration %s was applied with another content (%s…, this build has %s…)"
                .formatted(
                    expected.name(),
                    row.getString(2).substring(0, Math.min(8, row.getString(2).length())),
                    expected.checksum().substring(0, 8)));
      }
    }
    return known.subList(position, known.size());
  }

  private static int lastNumber(RowSet<Row> applied) {
    int last = 0;
    for (Row row : applied) {
      last = row.getInteger(0);
    }
    return last;
  }

  private static Future<Integer> apply(SqlConnection connection, List<Migration> missing) {
    Future<?> done = Future.succeededFuture();
    for (Migration migration : missing) {
      done =
          done.compose(_ -> connection.query(migration.sql()).execute())
              .compose(_ ->
                  connection
                      .preparedQuery(RECORD)
                      .execute(
                          Tuple.of(migration.number(), migration.name(), migration.checksum())));
    }
    return done.map(_ -> missing.size());
  }

  private static Migration read(String file) {
    try (InputStream in = Migrations.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + FOLDER + file);
      }
      return Migration.of(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Migrations with one more, for tests of upgrades. */
  Migrations with(Migration next) {
    List<Migration> more = new ArrayList<>(known);
    more.add(next);
    return new Migrations(more);
  }

  /**
   * One file.
   *
   * @param checksum SHA-256 of the text with Unix line ends, in hex
   */
  record Migration(int number, String name, String sql, String checksum) {

    static Migration of(String file, String text) {
      String sql = text.replace("\r\n", "\n");
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
        return new Migration(
            Integer.parseInt(file.substring(0, 3)),
            file.substring(0, file.length() - ".sql".length()),
            sql,
            HexFormat.of().formatHex(digest));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }
}
