package pharos.config.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTextTest {
  @Test
  void of_yaml_isJsonInTheOrderOfTheText() {
    Node read =
        Objects.requireNonNull(
            DocumentReader.value(
                "b: [1, 1.5, true, null, '7', {}]\na: {\"q\\\"\": \"line\\n\\u0001\"}\n",
                Limits.DEFAULT));
    assertThat(JsonText.of(read))
        .isEqualTo("{\"b\":[1,1.5,true,null,\"7\",{}],\"a\":{\"q\\\"\":\"line\\n\\u0001\"}}");
  }

  @Test
  void spaced_isForPeople() {
    Node read = Objects.requireNonNull(DocumentReader.value("{a: [1, {}], b: x}", Limits.DEFAULT));
    assertThat(JsonText.spaced(read)).isEqualTo("{\"a\": [1, {}], \"b\": \"x\"}");
  }

  /** Half a character cannot be sent; a whole one needs no escape. */
  @Test
  void quoted_escapesWhatIsNotSeen() {
    assertThat(JsonText.quoted("\u2028\u0085\ud83d \ud83d\ude00"))
        .isEqualTo("\"\\u2028\\u0085\\ud83d \ud83d\ude00\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[[],{}]",
        "{\"a\":{\"b\":[1,-2,18446744073709551615,0.25,1.0E+30]}}",
        "\"\\ud83d\\ude00 é\"",
        "{\"\":null}"
      })
  void of_readAgain_isTheSame(String json) {
    Node once = Objects.requireNonNull(DocumentReader.value(json, Limits.DEFAULT));
    Node twice = Objects.requireNonNull(DocumentReader.value(JsonText.of(once), Limits.DEFAULT));
    assertThat(Node.sameValue(once, twice)).isTrue();
  }
}
