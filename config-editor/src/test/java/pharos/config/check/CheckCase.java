package pharos.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pharos.config.check.schema.SchemaChecks;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Place;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;

/**
 * One golden case of a check. The folder above it names the check; {@code all} stands for the
 * standard set and {@code webhook} for what the admission webhook would answer. Beside {@code
 * mesh.yaml} there may be {@code mesh-config.yaml}, {@code mesh-networks.yaml} and one {@code
 * cluster-<name>.yaml} per further cluster.
 */
record CheckCase(String checks, MeshView mesh, List<Resource> documents) {
  /** Certificates of the cases are judged as of this moment. */
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final String CLUSTER = "cluster-";

  static CheckCase read(Path folder) throws IOException {
    MeshView.MeshSettings settings =
        new MeshView.MeshSettings(
            "istio-system",
            optional(folder.resolve("mesh-config.yaml")),
            optional(folder.resolve("mesh-networks.yaml")));
    Map<String, Snapshot> remotes = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(CLUSTER)) {
          remotes.put(
              name.substring(CLUSTER.length(), name.indexOf('.')),
              snapshot(documents(file), settings));
        }
      }
    }
    List<Resource> documents = documents(folder.resolve("mesh.yaml"));
    return new CheckCase(
        folder.getName(folder.getNameCount() - 2).toString(),
        new MeshView(
            snapshot(documents, settings), settings, remotes, remotes.isEmpty() ? "" : "main", NOW),
        documents);
  }

  private static Snapshot snapshot(List<Resource> documents, MeshView.MeshSettings settings) {
    return Inputs.snapshot(documents, new Inputs.Options(null, true, true), settings);
  }

  private static List<Resource> documents(Path file) throws IOException {
    DocumentReader.Reading reading =
        new DocumentReader(Limits.DEFAULT)
            .read(file.getFileName().toString(), Files.readAllBytes(file));
    assertThat(reading.refusals()).as("documents of %s that cannot be read", file).isEmpty();
    return reading.resources();
  }

  private static @Nullable Node optional(Path file) throws IOException {
    return Files.exists(file) ? DocumentReader.value(Files.readString(file), Limits.DEFAULT) : null;
  }

  /** One line per finding, in the order of the report. */
  String listing() {
    StringBuilder listing = new StringBuilder();
    if (checks.equals("webhook")) {
      for (Resource document : documents) {
        SchemaChecks.Admission admission = SchemaChecks.admit(document);
        admission.errors().forEach(text -> listing.append(answer(document, "refused", text)));
        admission.warnings().forEach(text -> listing.append(answer(document, "warned", text)));
      }
      return listing.toString();
    }
    List<Check> chosen = AllChecks.named(checks.equals("all") ? List.of() : List.of(checks));
    for (Finding finding : Analysis.run(chosen, mesh, Analysis.Filter.ALL)) {
      listing.append(line(finding));
    }
    return listing.toString();
  }

  private static String answer(Resource document, String verdict, String text) {
    return "%s %s: %s%n".formatted(document.key().origin(), verdict, text.replace("\n", "\\n"));
  }

  private static String line(Finding finding) {
    List<String> parts = new ArrayList<>();
    parts.add(finding.type().code());
    parts.add(finding.type().level().wireName());
    Resource resource = finding.resource();
    if (resource != null) {
      parts.add("(" + finding.origin() + ")");
      Place place = finding.place();
      String file = resource.source().file();
      if (place != null && !file.isEmpty()) {
        parts.add("%s:%d:%d".formatted(file, place.line(), place.column()));
      }
    }
    String path = finding.path().toString();
    parts.add(path.isEmpty() ? "." : path);
    parts.add(finding.message().replace("\n", "\\n"));
    return String.join(" ", parts) + "\n";
  }
}
