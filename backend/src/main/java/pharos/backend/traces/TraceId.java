package pharos.backend.traces;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** A trace's id: 128 bits, not all 0. */
public record TraceId(long high, long low) {
  private static final int BYTES = 16;
  private static final int SHORT_DIGITS = 16;

  public TraceId {
    if (high == 0 && low == 0) {
      throw new IllegalArgumentException("trace id 0 (expected: any other)");
    }
  }

  /** 32 hex digits, or 16 for an id of 64 bits; empty for anything else. */
  public static Optional<TraceId> parse(String text) {
    int length = text.length();
    boolean hex = text.chars().allMatch(HexFormat::isHexDigit);
    if (!hex || (length != 2 * SHORT_DIGITS && length != SHORT_DIGITS)) {
      return Optional.empty();
    }
    int half = length - SHORT_DIGITS;
    long high = half == 0 ? 0 : HexFormat.fromHexDigitsToLong(text, 0, half);
    long low = HexFormat.fromHexDigitsToLong(text, half, length);
    return high == 0 && low == 0 ? Optional.empty() : Optional.of(new TraceId(high, low));
  }

  /** Of the bytes of a span that intake has accepted. */
  static TraceId of(ByteString bytes) {
    if (bytes.size() != BYTES) {
      throw new IllegalArgumentException(
          "trace id of %d bytes (expected: 16)".formatted(bytes.size()));
    }
    var buffer = bytes.asReadOnlyByteBuffer();
    return new TraceId(buffer.getLong(), buffer.getLong());
  }

  public UUID uuid() {
    return new UUID(high, low);
  }

  public static TraceId of(UUID uuid) {
    return new TraceId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  /** 32 lower-case hex digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
