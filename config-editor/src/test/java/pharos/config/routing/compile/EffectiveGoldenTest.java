package pharos.config.routing.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.EffectiveConfig;

/**
 * Resources against what proxies are told: one folder per case, {@code mesh.yaml}, where the case
 * is about settings {@code mesh-config.yaml}, and {@code proxies.txt}: a line per proxy, {@code
 * kind namespace label=value…}, where {@code inbound} means the receiving side of a sidecar; words
 * that begin with {@code @} are addresses of the pod, those that begin with {@code +} name what the
 * case is about.
 */
class EffectiveGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/golden/routing-effective");

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void compilesAsRecorded(Path folder) throws IOException {
    DocumentReader.Reading reading =
        new DocumentReader(Limits.DEFAULT)
            .read("mesh.yaml", Files.readAllBytes(folder.resolve("mesh.yaml")));
    assertThat(reading.refusals()).isEmpty();
    Path settings = folder.resolve("mesh-config.yaml");
    Node tree =
        Files.exists(settings)
            ? DocumentReader.value(Files.readString(settings), Limits.DEFAULT)
            : null;
    MeshRouting routing =
        MeshRouting.of(
            Snapshot.of(reading.resources()),
            MeshConfig.of(tree, "istio-system"),
            (_, _, _) -> new PlainClusters());
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(folder.resolve("proxies.txt"))) {
      text.append("== ").append(line).append('\n');
      EffectiveConfig config =
          line.startsWith("inbound ")
              ? routing.inbound(proxy(line.replaceFirst("inbound", "sidecar")))
              : routing.effective(proxy(line));
      text.append(EffectiveText.of(config, parts(line)));
    }
    Path golden = folder.resolve("effective.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, text);
    }
    assertThat(text.toString()).isEqualTo(Files.readString(golden));
  }

  private static List<String> parts(String line) {
    return Stream.of(line.split(" "))
        .filter(word -> word.startsWith("+"))
        .map(word -> word.substring(1))
        .toList();
  }

  private static Proxy proxy(String line) {
    String[] words = line.split(" ");
    Map<String, String> labels = new HashMap<>();
    List<String> addresses = Stream.of(words).filter(word -> word.startsWith("@")).toList();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        labels.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return new Proxy(
        Proxy.Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
        words[1],
        labels,
        addresses.stream().map(word -> word.substring(1)).toList(),
        "");
  }
}
