package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are only ever added, each with a hash over itself and the hash before. Every statement
 * on {@code change_audit} is here.
 */
final class Audit {
  /** Any number that nobody else uses: "audit" in ASCII. One writer at a time keeps the chain. */
  private static final long LOCK = 0x6175646974L;

  private static final String LAST =
      """
      select clock_timestamp(), coalesce(max(number), 0),
        (select hash from change_audit order by number desc limit 1)
      from change_audit\
      """;
  private static final String INSERT =
      """
      insert into change_audit (number, at, who, what, change_id, detail, hash)
      values ($1, $2, $3, $4, $5, $6, $7)\
      """;
  private static final String ALL =
      "select number, at, who, what, change_id, detail, hash from change_audit order by number";

  private Audit() {}

  /** Adds a row inside a transaction. */
  static Future<Void> add(
      SqlConnection connection, String who, String what, @Nullable UUID change, String detail) {
    return connection
        .query("select pg_advisory_xact_lock(" + LOCK + ")")
        .execute()
        .compose(_ -> connection.query(LAST).execute())
        .compose(rows -> {
          Row last = rows.iterator().next();
          OffsetDateTime at = last.getOffsetDateTime(0);
          long number = last.getLong(1) + 1;
          byte[] hash = hash(bytes(last, 2), number, at, who, what, change, detail);
          return connection
              .preparedQuery(INSERT)
              .execute(Tuple.of(number, at, who, what, change, detail, Buffer.buffer(hash)));
        })
        .mapEmpty();
  }

  /** Whether every row is as it was written and none is missing. */
  static Future<Boolean> holds(SqlConnection connection) {
    return connection.query(ALL).execute().map(Audit::chainHolds);
  }

  private static boolean chainHolds(RowSet<Row> rows) {
    byte[] before = new byte[0];
    long number = 0;
    for (Row row : rows) {
      number++;
      byte[] hash =
          hash(
              before,
              number,
              row.getOffsetDateTime(1),
              row.getString(2),
              row.getString(3),
              row.getUUID(4),
              row.getString(5));
      if (row.getLong(0) != number || !Arrays.equals(hash, bytes(row, 6))) {
        return false;
      }
      before = hash;
    }
    return true;
  }

  private static byte[] bytes(Row row, int column) {
    Buffer value = row.getBuffer(column);
    return value == null ? new byte[0] : value.getBytes();
  }

  private static byte[] hash(
      byte[] before,
      long number,
      OffsetDateTime at,
      String who,
      String what,
      @Nullable UUID change,
      String detail) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(before);
      for (String part :
          new String[] {
            Long.toString(number),
            at.toInstant().toString(),
            who,
            what,
            String.valueOf(change),
            detail
          }) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) (bytes.length >>> 24));
        digest.update((byte) (bytes.length >>> 16));
        digest.update((byte) (bytes.length >>> 8));
        digest.update((byte) bytes.length);
        digest.update(bytes);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
