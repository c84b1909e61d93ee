package pharos.config.routing.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Snapshot;
import pharos.config.routing.gatewayapi.GatewayApi;
import pharos.config.routing.ingress.Ingresses;

/**
 * Gateway API objects and Ingresses against the views they come to: one folder per case, {@code
 * mesh.yaml} and, where the case is about settings, {@code mesh-config.yaml}.
 */
class TranslationGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/golden/routing-gatewayapi");

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void translatesAsRecorded(Path folder) throws IOException {
    DocumentReader.Reading reading =
        new DocumentReader(Limits.DEFAULT)
            .read("mesh.yaml", Files.readAllBytes(folder.resolve("mesh.yaml")));
    assertThat(reading.refusals()).isEmpty();
    Snapshot resources = Snapshot.of(reading.resources());
    MeshConfig mesh = meshConfig(folder.resolve("mesh-config.yaml"));
    String text =
        TranslatedText.of(
            GatewayApi.translate(resources, mesh).plus(Ingresses.translate(resources, mesh)));
    Path golden = folder.resolve("views.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
  }

  private static MeshConfig meshConfig(Path file) throws IOException {
    Node tree =
        Files.exists(file) ? DocumentReader.value(Files.readString(file), Limits.DEFAULT) : null;
    return MeshConfig.of(tree, "istio-system");
  }
}
