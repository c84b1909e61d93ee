package pharos.backend.traces;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.Optional;

/** Ids of spans: 64 bits, 0 for none. */
public final class SpanIds {
  private static final int DIGITS = 16;

  private SpanIds() {}

  /** 0 for bytes that are no id. */
  static long of(ByteString bytes) {
    return bytes.size() == Long.BYTES ? bytes.asReadOnlyByteBuffer().getLong() : 0;
  }

  /** 16 hex digits; empty for anything else. */
  public static Optional<Long> parse(String text) {
    return text.length() == DIGITS && text.chars().allMatch(HexFormat::isHexDigit)
        ? Optional.of(HexFormat.fromHexDigitsToLong(text))
        : Optional.empty();
  }

  /** 16 lower-case hex digits. */
  public static String text(long id) {
    return HexFormat.of().toHexDigits(id);
  }
}
