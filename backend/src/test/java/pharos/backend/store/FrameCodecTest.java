package pharos.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Samples;

class FrameCodecTest {
  private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");

  @Test
  void decode_encoded_givesTheSameSamples() throws IOException {
    Samples samples = SampleFrames.of(AT, 300, 1);

    Samples back = FrameCodec.decode(FrameCodec.encode(samples));

    assertThat(back.at()).isEqualTo(samples.at());
    assertThat(back.window()).isEqualTo(samples.window());
    assertThat(back.complete()).isEqualTo(samples.complete());
    assertThat(back.warnings()).isEqualTo(samples.warnings());
    assertThat(back)
        .usingRecursiveComparison()
        .withComparatorForType(FrameCodecTest::nearly, Double.class)
        .ignoringFields("latencies")
        .isEqualTo(samples);
    for (int i = 0; i < samples.latencies().size(); i++) {
      LatencySample expected = samples.latencies().get(i);
      LatencySample actual = back.latencies().get(i);
      assertThat(actual.call()).isEqualTo(expected.call());
      assertThat(actual.upperBoundsMillis()).isEqualTo(expected.upperBoundsMillis());
      assertThat(actual.cumulativePerSecond())
          .containsExactly(expected.cumulativePerSecond(), within(1e-3));
      assertThat(actual.countPerSecond()).isCloseTo(expected.countPerSecond(), within(1e-3));
    }
  }

  @Test
  void decode_encodedEmpty_givesEmpty() throws IOException {
    Samples none = Samples.none(AT, Duration.ofMinutes(1));
    assertThat(FrameCodec.decode(FrameCodec.encode(none))).isEqualTo(none);
  }

  @Test
  void encode_aThousandServices_isCompact() {
    // 3,000 request series and as many histograms of 20 buckets: 60,000 numbers.
    int bytes = FrameCodec.encode(SampleFrames.of(AT, 3000, 7)).length;
    assertThat(bytes).isLessThan(400_000);
  }

  /** Whatever a disk or a stranger does to the bytes, the answer is an IOException. */
  @Test
  void decode_damaged_failsInOneWay() {
    byte[] good = FrameCodec.encode(SampleFrames.of(AT, 20, 3));
    Random random = new Random(42);
    for (int i = 0; i < 2000; i++) {
      byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        FrameCodec.decode(bad);
      } catch (IOException expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
    assertThatThrownBy(() -> FrameCodec.decode(new byte[] {9, 1, 2}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 9");
    assertThatThrownBy(() -> FrameCodec.decode(new byte[0])).isInstanceOf(IOException.class);
  }

  private static int nearly(Double left, Double right) {
    return Math.abs(left - right) <= 1e-6 * Math.max(1, Math.abs(left))
        ? 0
        : Double.compare(left, right);
  }
}
