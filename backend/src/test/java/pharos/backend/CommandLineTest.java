package pharos.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.backend.CommandLine.Mode;
import pharos.backend.settings.BadSettings;
import pharos.backend.settings.Keys;
import pharos.backend.settings.Settings;
import pharos.backend.settings.SettingsReader;

class CommandLineTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                        | no command
          chekc                     | chekc: unknown command
          demo --prot 80            | --prot
          demo --kubeconfig x       | --kubeconfig: unknown option of demo
          serve --services 3        | --services: unknown option of serve
          serve --port              | --port: a value is missing
          serve --set port          | expected key=value
          serve --set =1            | expected key=value
          demo 8090                 | 8090
          """)
  void of_wrongWords_isRefusedNamingThem(String line, String words) {
    List<String> arguments = line.isEmpty() ? List.of() : Arrays.asList(line.split(" ", -1));

    assertThatThrownBy(() -> CommandLine.of(arguments))
        .isInstanceOf(BadSettings.class)
        .hasMessageContaining(words);
  }

  @Test
  void settings_flagsOfDemo_setTheirKeys() {
    var run =
        (CommandLine.Run)
            CommandLine.of(
                List.of(
                    "demo",
                    "--port=1",
                    "--services",
                    "1000",
                    "--seed",
                    "7",
                    "--rate",
                    "0.5",
                    "--data-dir",
                    "d",
                    "--set",
                    "log.level=warn",
                    "--set=http.port=2"));

    Settings settings = run.settings(Map.of("PHAROS_DEMO_SEED", "9")).settings();

    assertThat(settings.get(Keys.HTTP_PORT)).isEqualTo(2);
    assertThat(settings.get(Keys.DEMO_SERVICES)).isEqualTo(1000);
    assertThat(settings.get(Keys.DEMO_SEED)).isEqualTo(7);
    assertThat(settings.get(Keys.DEMO_RATE)).isEqualTo(0.5);
    assertThat(settings.get(Keys.LOG_LEVEL)).isEqualTo("warn");
    assertThat(settings.get(Keys.DATA_DIR)).isEqualTo(Path.of("d"));
  }

  @Test
  void withFolders_defaults_keepDemoAndServeApart() {
    Map<Object, Object> user = Map.of("user.home", "/home/me");
    Map<Object, Object> launcher = Map.of("user.home", "/home/me", "pharos.home", "/src/.pharos");
    Settings defaults = Settings.defaults();
    Settings chosen = new SettingsReader().set("data.dir=~/x").settings();

    assertThat(Main.withFolders(Mode.SERVE, defaults, user).get(Keys.DATA_DIR))
        .isEqualTo(Path.of("/home/me/.local/share/pharos"));
    assertThat(Main.withFolders(Mode.DEMO, defaults, user).get(Keys.DATA_DIR))
        .isEqualTo(Path.of("/home/me/.local/share/pharos/demo"));
    assertThat(Main.withFolders(Mode.DEMO, defaults, launcher).get(Keys.DATA_DIR))
        .isEqualTo(Path.of("/src/.pharos/data/demo"));
    assertThat(Main.withFolders(Mode.DEMO, chosen, launcher).get(Keys.DATA_DIR))
        .isEqualTo(Path.of("/home/me/x"));
  }

  @Test
  void run_status_is0For1No2Wrong() throws Exception {
    assertThat(Main.run(List.of("version"), Map.of())).isEqualTo(0);
    assertThat(Main.run(List.of("serve", "--check-config"), Map.of())).isEqualTo(0);
    assertThat(Main.run(List.of("serve", "--port", "x"), Map.of())).isEqualTo(2);
    assertThat(Main.run(List.of("serve", "--config", "/none"), Map.of())).isEqualTo(2);
  }

  /** What cannot be done without stops the start in words, and leaves nothing running. */
  @Test
  void start_portInUse_failsNamingThePort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      Settings settings =
          new SettingsReader()
              .set("http.port=" + taken.getLocalPort())
              .set("data.dir=" + folder)
              .settings();
      try (Wiring wiring = new Wiring(Mode.DEMO, settings)) {
        assertThatThrownBy(wiring::start)
            .isInstanceOf(StartFailed.class)
            .hasMessageContaining(String.valueOf(taken.getLocalPort()))
            .hasMessageContaining("--port");
      }
    }
  }
}
