package pharos.backend.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code deploy/} ships is accepted by the programme it ships. */
class DeployFilesTest {
  private static final Path DEPLOY = Path.of("../deploy");

  @Test
  void exampleConfiguration_isAccepted() {
    Settings settings = new SettingsReader().file(DEPLOY.resolve("pharos.example.yaml")).settings();

    assertThat(settings.get(Keys.DATABASE_TLS)).isEqualTo("verify-full");
  }

  @Test
  void manifests_configMap_isAcceptedAndListensWhereTheProbesAsk() throws Exception {
    String yaml = String.valueOf(map(document("ConfigMap").get("data")).get("pharos.yaml"));

    Settings settings = new SettingsReader().yaml("pharos.yaml", yaml).settings();

    assertThat(settings.get(Keys.HTTP_HOST)).isEqualTo("0.0.0.0");
    assertThat(document("Deployment").toString())
        .contains("containerPort=" + settings.get(Keys.HTTP_PORT));
  }

  /** The cluster is shown, not changed. */
  @Test
  void manifests_role_onlyReads() throws Exception {
    for (Object rule :
        (List<?>) Optional.ofNullable(document("ClusterRole").get("rules")).orElseThrow()) {
      assertThat(map(rule).get("verbs")).isEqualTo(List.of("get", "list", "watch"));
    }
    assertThat(document("ClusterRole").toString()).doesNotContain("secrets");
  }

  private static Map<?, ?> document(String kind) throws Exception {
    String text = Files.readString(DEPLOY.resolve("kubernetes/pharos.yaml"));
    List<Map<?, ?>> found = new ArrayList<>();
    for (Object each : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
      if (kind.equals(map(each).get("kind"))) {
        found.add(map(each));
      }
    }
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }
}
