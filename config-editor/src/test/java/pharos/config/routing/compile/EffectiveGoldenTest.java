package pharos.config.routing.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What proxies of small meshes are told; see {@link EffectiveCase}. */
class EffectiveGoldenTest {

  @ParameterizedTest
  @MethodSource("pharos.config.routing.compile.EffectiveCase#all")
  void compilesAsRecorded(EffectiveCase recorded) throws IOException {
    String text = recorded.text(recorded.routing(recorded.resources()));
    Path golden = recorded.folder().resolve("effective.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
  }
}
