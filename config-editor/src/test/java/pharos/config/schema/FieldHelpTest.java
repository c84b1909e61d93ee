package pharos.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;

class FieldHelpTest {
  @Test
  void complete_insideARule_offersItsFields() {
    assertThat(FieldHelp.complete(Kinds.VIRTUAL_SERVICE, Path.of("spec", "http", 0)))
        .extracting(FieldHelp.Suggestion::text)
        .contains("match", "route", "timeout", "retries")
        .doesNotContain("mirror_percent");
  }

  @Test
  void complete_atAnEnum_offersItsValuesWithTheirMeaning() {
    assertThat(
            FieldHelp.complete(
                Kinds.DESTINATION_RULE, Path.of("spec", "trafficPolicy", "tls", "mode")))
        .extracting(FieldHelp.Suggestion::text)
        .containsExactly("DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL");
  }

  @Test
  void complete_underAFreeKey_offersWhatTheMapHolds() {
    Path header = Path.of("spec", "http", 0, "match", 0, "headers", "end-user");
    assertThat(FieldHelp.complete(Kinds.VIRTUAL_SERVICE, header))
        .extracting(FieldHelp.Suggestion::text)
        .containsExactly("exact", "prefix", "regex");
    assertThat(FieldHelp.complete(Kinds.VIRTUAL_SERVICE, header.parent())).isEmpty();
    assertThat(
            FieldHelp.complete(
                Kinds.PEER_AUTHENTICATION, Path.of("spec", "portLevelMtls", "8080", "mode")))
        .extracting(FieldHelp.Suggestion::text)
        .contains("STRICT");
  }

  @Test
  void complete_atTheTop_offersWhatEveryObjectHas() {
    assertThat(FieldHelp.complete(Kinds.SIDECAR, Path.ROOT))
        .extracting(FieldHelp.Suggestion::text)
        .containsExactly("apiVersion", "kind", "metadata", "spec");
    assertThat(FieldHelp.complete(Kinds.SIDECAR, Path.of("apiVersion")))
        .extracting(FieldHelp.Suggestion::text)
        .startsWith("networking.istio.io/v1");
  }

  @Test
  void describe_aField_tellsItsTypeDefaultAndLimits() {
    FieldHelp.Description port =
        Objects.requireNonNull(
            FieldHelp.describe(Kinds.SERVICE_ENTRY, Path.of("spec", "ports", 0, "number")));
    assertThat(port.type()).isEqualTo("integer");
    assertThat(port.required()).isTrue();
    assertThat(port.limits()).containsExactly("1 to 65535");
    FieldHelp.Description timeout =
        Objects.requireNonNull(
            FieldHelp.describe(
                Kinds.DESTINATION_RULE,
                Path.of("spec", "subsets", 0, "trafficPolicy", "outlierDetection", "interval")));
    assertThat(timeout.standard()).isEqualTo("10s");
  }

  @Test
  void describe_whatTheCatalogueDoesNotKnow_isNull() {
    assertThat(FieldHelp.describe(Kinds.GATEWAY, Path.of("spec", "nothing"))).isNull();
    assertThat(
            FieldHelp.describe(Kinds.VIRTUAL_SERVICE, Path.of("spec", "http", 0, "headers", "x")))
        .isNull();
    assertThat(FieldHelp.describe(Kinds.CONFIG_MAP, Path.of("spec", "a"))).isNull();
  }
}
