package pharos.backend.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The simulation can be stepped without a network, because it cannot reach one. */
final class DemoStructureTest {
  @Test
  void modelRoutingAndSimulation_doNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "pharos.backend.demo.model..",
            "pharos.backend.demo.routing..",
            "pharos.backend.demo.simulation..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "java.net..", "java.nio.file..", "java.time.chrono..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .because("the same seed and steps must give the same mesh, in a test or in a demo")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("pharos.backend.demo"));
  }
}
