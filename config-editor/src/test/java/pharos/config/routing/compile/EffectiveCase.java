package pharos.config.routing.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.EffectiveConfig;

/**
 * Resources against what proxies are told: a folder with {@code mesh.yaml}, where the case is about
 * settings {@code mesh-config.yaml}, and {@code proxies.txt}: a line per proxy, {@code kind
 * namespace label=value…}, where {@code inbound} means the receiving side of a sidecar; words that
 * begin with {@code @} are addresses of the pod, those that begin with {@code +} name what the case
 * is about.
 */
record EffectiveCase(Path folder) {
  private static final Path CASES = Path.of("src/test/resources/golden/routing-effective");

  static Stream<EffectiveCase> all() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.sorted().map(EffectiveCase::new).toList().stream();
    }
  }

  Snapshot resources() {
    DocumentReader.Reading reading =
        new DocumentReader(Limits.DEFAULT).read("mesh.yaml", file("mesh.yaml"));
    assertThat(reading.refusals()).isEmpty();
    return Snapshot.of(reading.resources());
  }

  /** The routing of these resources in the case's mesh. */
  MeshRouting routing(Snapshot resources) {
    Node settings =
        Files.exists(folder.resolve("mesh-config.yaml"))
            ? DocumentReader.value(file("mesh-config.yaml"), Limits.DEFAULT)
            : null;
    return MeshRouting.of(
        resources, MeshConfig.of(settings, "istio-system"), (_, _, _) -> new PlainClusters());
  }

  /** What the case's proxies are told. */
  String text(MeshRouting routing) {
    StringBuilder text = new StringBuilder();
    for (String line : file("proxies.txt").lines().toList()) {
      EffectiveConfig config =
          line.startsWith("inbound ")
              ? routing.inbound(proxy(line.replaceFirst("inbound", "sidecar")))
              : routing.effective(proxy(line));
      text.append("== ").append(line).append('\n').append(EffectiveText.of(config, parts(line)));
    }
    return text.toString();
  }

  private String file(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
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

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
