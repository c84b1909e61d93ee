package pharos.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pharos.backend.store.PostgresForTests.await;
import static pharos.backend.store.PostgresForTests.awaitState;
import static pharos.backend.store.PostgresForTests.awaitTrue;
import static pharos.backend.store.PostgresForTests.query;

import io.vertx.core.Future;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pharos.backend.store.Migrations.Migration;
import pharos.backend.store.embedded.EmbeddedPostgres;
import pharos.backend.traffic.SourceStatus.State;

/** Migrations, and how the pool behaves when the server goes. */
class DatabaseTest {
  private static final Migration NEXT =
      Migration.of("900_next.sql", "create table next_table (id int primary key);");

  private static PostgresForTests server;

  @BeforeAll
  static void start() throws Exception {
    server = new PostgresForTests();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void migrations_ofThisBuild_areTheFilesOfTheFolder() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .isEqualTo(Migrations.FILES);
    }
  }

  @Test
  void open_freshThenAgainThenNewer_appliesEachOnce() throws Exception {
    Server database = server.emptyDatabase();
    server.open(database, Migrations.ofThisBuild()).close();
    server.open(database, Migrations.ofThisBuild()).close();
    try (Database newer = server.open(database, Migrations.ofThisBuild().with(NEXT))) {
      assertThat(query(newer, "select number from pharos_migration order by 1"))
          .extracting(row -> row.getInteger(0))
          .hasSize(Migrations.FILES.size() + 1)
          .startsWith(1)
          .endsWith(900);
    }
  }

  @Test
  void open_databaseOfANewerBuild_isRefusedWithBothVersions() throws Exception {
    Server database = server.emptyDatabase();
    server.open(database, Migrations.ofThisBuild().with(NEXT)).close();

    assertThatThrownBy(() -> server.open(database, Migrations.ofThisBuild()))
        .isInstanceOf(SchemaRefused.class)
        .hasMessageContaining("schema version 900")
        .hasMessageContaining("up to version " + Migrations.FILES.size() + ";");
  }

  @Test
  void open_appliedMigrationWithAnotherContent_isRefused() throws Exception {
    Server database = server.emptyDatabase();
    server.open(database, Migrations.ofThisBuild().with(NEXT)).close();
    Migration tampered = Migration.of("900_next.sql", "create table other (id int);");

    assertThatThrownBy(() -> server.open(database, Migrations.ofThisBuild().with(tampered)))
        .isInstanceOf(SchemaRefused.class)
        .hasMessageContaining("900_next")
        .hasMessageContaining("another content");
  }

  @Test
  void open_byManyAtOnce_appliesOnce() throws Exception {
    Server database = server.emptyDatabase();
    List<Future<Database>> opening = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      opening.add(
          server.vertx.executeBlocking(
              () -> server.open(database, Migrations.ofThisBuild().with(NEXT)), false));
    }
    for (Future<Database> each : opening) {
      try (Database opened = await(each)) {
        assertThat(opened.status().state()).isEqualTo(State.OK);
      }
    }
  }

  @Test
  void open_failingMigration_leavesNothingOfIt() throws Exception {
    Server database = server.emptyDatabase();
    Migration broken =
        Migration.of("900_broken.sql", "create table half (id int); select nonsense;");
    try (Database down = server.open(database, Migrations.ofThisBuild().with(broken))) {
      assertThat(down.status().state()).isEqualTo(State.DOWN);
    }
    try (Database fine = server.open(database, Migrations.ofThisBuild())) {
      assertThat(query(fine, "select to_regclass('half')").iterator().next().getValue(0)).isNull();
    }
  }

  @Test
  void use_externalServerByUrl_works() throws Exception {
    EmbeddedPostgres.Endpoint here = server.postgres.endpoint().orElseThrow();
    URI url =
        URI.create("postgresql://%s@127.0.0.1:%d/postgres".formatted(here.user(), here.port()));
    Server external = Server.at(url, Optional.of(here.password()), "prefer");
    assertThat(external.describe()).doesNotContain(here.password());
    try (Database database = server.open(external, Migrations.ofThisBuild())) {
      assertThat(query(database, "select 42").iterator().next().getInteger(0)).isEqualTo(42);
    }
    Server wrongPassword = Server.at(url, Optional.of("wrong"), "prefer");
    try (Database refused = server.open(wrongPassword, Migrations.ofThisBuild())) {
      assertThat(refused.status().state()).isEqualTo(State.DOWN);
      assertThat(refused.status().detail()).contains("password authentication failed");
    }
  }

  private static boolean answers(Database database) {
    try {
      return query(database, "select 1").size() == 1;
    } catch (Exception e) {
      return false;
    }
  }

  @Test
  void use_serverAway_failsAtOnceAndRecoversWithIt() throws Exception {
    int port;
    try (ServerSocket nobody = new ServerSocket(0)) {
      port = nobody.getLocalPort();
    }
    Server away =
        Server.at(
            URI.create("postgresql://x@127.0.0.1:" + port + "/x"), Optional.of("x"), "disable");
    try (Database down = server.open(away, Migrations.ofThisBuild())) {
      long before = System.nanoTime();
      assertThatThrownBy(() -> query(down, "select 1")).hasMessageContaining("PostgreSQL");
      assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
    }

    try (Database database =
        Database.open(
            server.vertx,
            Server.embedded(server.postgres::endpoint),
            PostgresForTests.OPTIONS,
            Clock.systemUTC())) {
      long killed = server.postgres.process().orElseThrow().pid();
      server.postgres.process().orElseThrow().destroyForcibly();
      awaitTrue(
          () -> server.postgres.process().map(now -> now.pid() != killed).orElse(false),
          "another server");
      awaitTrue(() -> answers(database), "an answer of the new server");
      awaitState(database, State.OK);
    }
  }
}
