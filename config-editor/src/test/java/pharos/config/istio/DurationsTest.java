package pharos.config.istio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({"5s,5000", "1h30m,5400000", "250ms,250", "1.5s,1500", "0,0", "-2s,-2000", ".5s,500"})
  void parse_goSyntax_givesTheDuration(String text, long millis) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "2s // note", "1.2.3s", "99999999999999999999h", "5 s"})
  void parse_anythingElse_givesNull(String text) {
    assertThat(Durations.parse(text)).isNull();
  }
}
