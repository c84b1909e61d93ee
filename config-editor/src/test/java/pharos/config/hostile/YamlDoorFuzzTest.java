package pharos.config.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Refusal;
import pharos.config.resource.Resource;

/**
 * Any bytes through the YAML door and all checks. In the suite it runs over the saved inputs beside
 * it, without instrumentation; {@code JAZZER_FUZZ=1 mvn -pl config-editor test
 * -Dtest=YamlDoorFuzzTest#pass* -Djazzer.hooks=true} looks for new ones, one method at a time, and
 * saves what breaks.
 */
class YamlDoorFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void pass_anyBytes_areAnswered(byte[] document) {
    Door.Answer answer = Door.pass(document);
    for (Refusal refusal : answer.refusals()) {
      assertThat(refusal.place().offset()).isBetween(0, document.length);
      assertThat(refusal.place().line()).isPositive();
    }
  }

  /** What was read stays the same when it is read again from where its places say it stands. */
  @FuzzTest(maxDuration = "5m")
  void read_placesOfAnObject_lieInItsText(byte[] document) {
    for (Resource resource :
        new DocumentReader(Limits.DEFAULT).read(Door.FILE, document).resources()) {
      int start = resource.root().start().offset();
      int end = resource.root().end().offset();
      assertThat(start).isBetween(0, document.length);
      assertThat(end).isBetween(start, document.length);
    }
  }
}
