package pharos.backend.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final Path REFERENCE = Path.of("../deploy/configuration.md");

  @TempDir Path folder;

  /** The file, then what the message has to say. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'http: {port: 70000}'               | http.port              | 0 to 65535
          'http: {port: eighty}'              | http.port              | whole number
          'http: {prot: 80}'                  | http.prot              | nearest: http.port
          'htpp: {port: 80}'                  | htpp                   | nearest: http.port
          'http: [1, 2]'                      | under http             | keys and values
          'http: {port: {a: 1}}'              | http.port              | unknown key
          'history: {interval: 5}'            | history.interval       | for example 30s
          'history: {interval: 5 parsecs}'    | history.interval       | duration
          'history: {interval: 11m}'          | history.interval       | 1s to 10m
          'history: {maxSize: 1MB}'           | history.maxSize        | for example 64MiB
          'history: {maxSize: 1KiB}'          | history.maxSize        | 16MiB
          'history: {retention: 1h}'          | history.retention      | history.fineRetention
          'scrape: {timeout: 30s}'            | scrape.timeout         | scrape.interval
          'prometheus: {url: "localhost:90"}' | prometheus.url         | http://
          'database: {url: "mysql://x/y"}'    | database.url           | postgresql://
          'database: {tls: maybe}'            | database.tls           | verify-full
          'database: {passwordFile: x}'       | database.passwordFile  | database.url
          'log: {level: loud}'                | log.level              | warn
          'demo: {rate: 0}'                   | demo.rate              | 0.01
          'demo: {services: -1}'              | demo.services          | 0 to 5000
          'http: {port: 1, port: 2}'          | port                   | settings.yaml
          '{'                                 | settings.yaml          | not YAML
          'just words'                        | settings.yaml          | keys and values
          """)
  void settings_badFile_isRefusedNamingTheKey(String yaml, String key, String words) {
    assertThatThrownBy(() -> new SettingsReader().yaml("settings.yaml", yaml).settings())
        .isInstanceOf(BadSettings.class)
        .hasMessageContaining(key)
        .hasMessageContaining(words);
  }

  @Test
  void settings_severalProblems_areAllNamedWithTheirLines() {
    String yaml =
        """
        http:
          port: -1
        log:
          lvel: info
        """;

    assertThatThrownBy(() -> new SettingsReader().yaml("f.yaml", yaml).set("x=1").settings())
        .hasMessageContaining("f.yaml:2: http.port")
        .hasMessageContaining("f.yaml:4: log.lvel")
        .hasMessageContaining("--set: x: unknown key");
  }

  @Test
  void settings_setInSeveralPlaces_laterWins() {
    SettingsReader reader =
        new SettingsReader()
            .yaml("f.yaml", "http: {port: 1, host: file}\ngraph: {window: 2m}")
            .environment(Map.of("PHAROS_HTTP_PORT", "2", "PHAROS_LOG_LEVEL", "warn", "HOME", "/"))
            .set("http.port=3");

    Settings settings = reader.settings();

    assertThat(settings.get(Keys.HTTP_PORT)).isEqualTo(3);
    assertThat(settings.get(Keys.HTTP_HOST)).isEqualTo("file");
    assertThat(settings.get(Keys.LOG_LEVEL)).isEqualTo("warn");
    assertThat(settings.get(Keys.GRAPH_WINDOW)).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.get(Keys.GRAPH_REFRESH)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void environment_unknownVariable_isRefusedButServiceLinksAreNot() {
    Map<String, String> serviceLinks =
        Map.of(
            "PHAROS_PORT", "tcp://10.0.0.1:8090",
            "PHAROS_SERVICE_HOST", "10.0.0.1",
            "PHAROS_SERVICE_PORT_HTTP", "8090",
            "PHAROS_PORT_8090_TCP_ADDR", "10.0.0.1");
    assertThat(new SettingsReader().environment(serviceLinks).settings().get(Keys.HTTP_PORT))
        .isEqualTo(8090);

    assertThatThrownBy(
            () -> new SettingsReader().environment(Map.of("PHAROS_HTTP_PROT", "1")).settings())
        .hasMessageContaining("PHAROS_HTTP_PROT")
        .hasMessageContaining("nearest: PHAROS_HTTP_PORT");
  }

  @Test
  void print_secret_isMaskedAndReadsBack() {
    Settings settings =
        new SettingsReader()
            .set("database.url=postgresql://me:hunter2@db/pharos")
            .set("prometheus.url=http://p:9090")
            .settings();

    String printed = settings.print();

    assertThat(printed).doesNotContain("hunter2").contains("url: '***'  # --set");
    Settings again =
        new SettingsReader()
            .yaml("printed", printed.replace("'***'", "postgresql://db/pharos"))
            .settings();
    assertThat(again.get(Keys.PROMETHEUS_URL)).isEqualTo(Optional.of(URI.create("http://p:9090")));
    assertThat(again.get(Keys.HISTORY_MAX_SIZE)).isEqualTo(2L << 30);
  }

  @Test
  void badSecret_isNotRepeatedInTheMessage() {
    assertThatThrownBy(
            () -> new SettingsReader().set("database.url=mysql://me:hunter2@db").settings())
        .hasMessageContaining("database.url")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void file_missing_isRefusedByName() {
    assertThatThrownBy(() -> new SettingsReader().file(folder.resolve("none.yaml")))
        .isInstanceOf(BadSettings.class)
        .hasMessageContaining("none.yaml: no such file");
  }

  /** {@code -Dreference.update=true} writes it. */
  @Test
  void reference_asGenerated_isCurrent() throws Exception {
    String reference = Reference.markdown();
    if (Boolean.getBoolean("reference.update")) {
      Files.writeString(REFERENCE, reference);
    }
    assertThat(reference).isEqualTo(Files.readString(REFERENCE));
    assertThat(Keys.all()).allSatisfy(key -> assertThat(key.text()).endsWith("."));
  }
}
