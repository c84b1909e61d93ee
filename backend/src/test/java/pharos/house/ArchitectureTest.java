package pharos.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the house: which way dependencies point, and which calls are banned. */
final class ArchitectureTest {
  private static JavaClasses house;

  @BeforeAll
  static void read() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/pharos/house/"))
            .importPackages("pharos");
    assertThat(house.size()).isGreaterThan(100);
  }

  @Test
  void cores_areValuesAndFunctions() {
    noClasses()
        .that()
        .resideInAnyPackage("pharos.graph..", "pharos.config..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..",
            "io.netty..",
            "io.fabric8..",
            "org.slf4j..",
            "pharos.backend..",
            "java.net.http..",
            "java.sql..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.net\\.(Socket|ServerSocket|URL|URLConnection|InetAddress)")
        .because("a core takes values and gives values")
        .check(house);
  }

  @Test
  void cores_doNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("pharos.graph..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("pharos.config..")
        .check(house);
    noClasses()
        .that()
        .resideInAPackage("pharos.config..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("pharos.graph..")
        .check(house);
  }

  @Test
  void features_knowNoWireAndNoDatabase() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "pharos.backend.traffic..",
            "pharos.backend.change..",
            "pharos.backend.config..",
            "pharos.backend.traces..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx.ext.web..",
            "io.vertx.core.http..",
            "io.vertx.sqlclient..",
            "io.vertx.pgclient..",
            "io.fabric8..",
            "com.fasterxml.jackson..",
            "pharos.backend.http..",
            "pharos.backend.source..",
            "pharos.backend.store..",
            "pharos.backend.demo..",
            "pharos.backend.settings..")
        .because("a feature must run in a test without a server or a database")
        .check(house);
  }

  @Test
  void features_meetThroughPorts() {
    noClasses()
        .that()
        .resideInAPackage("pharos.backend.traffic..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "pharos.backend.change..", "pharos.backend.traces..", "pharos.backend.config..")
        .check(house);
    noClasses()
        .that()
        .resideInAPackage("pharos.backend.config..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "pharos.backend.change..", "pharos.backend.traces..", "pharos.backend.traffic..")
        .check(house);
    noClasses()
        .that()
        .resideInAPackage("pharos.backend.traces..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "pharos.backend.change..", "pharos.backend.config..", "pharos.backend.traffic..")
        .check(house);
  }

  @Test
  void edges_doNotKnowEachOther() {
    String[] edges = {"http", "source", "store", "demo"};
    for (String one : edges) {
      for (String other : edges) {
        if (!one.equals(other)) {
          noClasses()
              .that()
              .resideInAPackage("pharos.backend." + one + "..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage("pharos.backend." + other + "..")
              .because("adapters are connected by Wiring")
              .allowEmptyShould(true)
              .check(house);
        }
      }
    }
  }

  /** The root package connects: it makes the client and hands it on. */
  @Test
  void kubernetesClient_staysInItsAdapter() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "pharos.backend", "pharos.backend.source.kubernetes..", "pharos.backend.demo..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(house);
  }

  /** fabric8 refetches and overwrites other writers behind these names. */
  @Test
  void overwritingWrites_areBanned() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "a fabric8 call that overwrites other writers",
                call ->
                    call.getTargetOwner().getPackageName().startsWith("io.fabric8")
                        && Set.of(
                                "replace",
                                "createOrReplace",
                                "unlock",
                                "forceConflicts",
                                "createOrReplaceWithNew")
                            .contains(call.getName())))
        .check(house);
  }

  /**
   * Messages may be formatted, queries may not, and class files do not show which is which: so the
   * sources are read. Names of our own partitions are the one thing SQL cannot bind.
   */
  @Test
  void queries_areNotFormatted() throws IOException {
    Path backend = Path.of("src/main/java/pharos/backend");
    Pattern text = Pattern.compile("\"\"\"(?s:.*?)\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"");
    Pattern query =
        Pattern.compile(
            "(?i)\\b(rate|increase|sum|histogram_quantile)\\(.*%[sd]|%[sd]\\s*[\\[{]"
                + "|^\"+\\s*(select|insert|delete|update|alter|create)\\s.*%[sd]",
            Pattern.DOTALL);
    Set<String> formatted = new TreeSet<>();
    for (String folder : List.of("source/prometheus", "store")) {
      try (Stream<Path> files = Files.walk(backend.resolve(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String source = Files.readString(file).replaceAll("(?m)^\\s*(\\*|//|/\\*).*$", "");
          Matcher literals = text.matcher(source);
          while (literals.find()) {
            if (query.matcher(literals.group()).find()) {
              formatted.add(file.getFileName().toString());
            }
          }
        }
      }
    }
    formatted.removeAll(Set.of("Partitions.java", "PgGraphHistory.java", "TracePartitions.java"));
    assertThat(formatted).as("files that format values into a query").isEmpty();
  }

  @Test
  void requests_areNeverPatterns() {
    noClasses()
        .that()
        .resideInAPackage("pharos.backend.http..")
        .should()
        .callMethod(Pattern.class, "compile", String.class)
        .because("what a client sends is compared, not compiled")
        .check(house);
  }

  @Test
  void sinks_areBanned() {
    noClasses()
        .that()
        .resideInAnyPackage("pharos.graph..", "pharos.config..", "pharos.backend.traffic..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(house);
    noClasses().should().callMethod(Throwable.class, "printStackTrace").check(house);
  }

  @Test
  void names_sayWhatAThingIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .check(house);
  }

  @Test
  void packages_introduceThemselvesAndAreNullMarked() {
    Set<String> silent = new TreeSet<>();
    for (JavaClass one : house) {
      JavaPackage in = one.getPackage();
      if (in.getClasses().stream().noneMatch(c -> c.getSimpleName().equals("package-info"))
          || !in.isAnnotatedWith(NullMarked.class)) {
        silent.add(in.getName());
      }
    }
    assertThat(silent).as("packages without a @NullMarked package-info").isEmpty();
  }

  @Test
  void handlers_ofTheWireDecideNothingAboutMeshes() {
    classes()
        .that()
        .resideInAPackage("pharos.backend.http..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("pharos.graph.build..", "pharos.graph.health..")
        .check(house);
  }
}
