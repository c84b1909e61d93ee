package pharos.backend.traces;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Spans as they are stored: OTLP, deflated. Holds bytes that nobody changes. */
public final class Payload {
  /** Beyond what one segment may ever hold; damaged bytes must not fill the memory. */
  private static final int MAX_BYTES = 256 << 20;

  private static final int MAX_NESTING = 100;

  /** Level 1 takes a third of the time of the default and a tenth more space. */
  private static final int LEVEL = 1;

  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  static Payload of(TracesData spans) {
    Deflater deflater = new Deflater(LEVEL, true);
    try {
      deflater.setInput(spans.toByteArray());
      deflater.finish();
      return new Payload(drain(deflater::deflate, deflater::finished));
    } catch (DataFormatException impossible) {
      throw new IllegalStateException("deflating", impossible);
    } finally {
      deflater.end();
    }
  }

  /** What a store has kept. */
  public static Payload stored(byte[] bytes) {
    return new Payload(bytes.clone());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The spans.
   *
   * @throws IOException when the bytes are damaged
   */
  public List<ResourceSpans> spans() throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes);
      byte[] plain =
          drain(
              inflater::inflate,
              () -> inflater.finished() || inflater.needsInput() || inflater.needsDictionary());
      if (!inflater.finished()) {
        throw new IOException("stored spans end early");
      }
      CodedInputStream in = CodedInputStream.newInstance(plain);
      in.setRecursionLimit(MAX_NESTING);
      return TracesData.parseFrom(in).getResourceSpansList();
    } catch (DataFormatException | InvalidProtocolBufferException e) {
      throw new IOException("stored spans cannot be read: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] drain(Filling filling, java.util.function.BooleanSupplier done)
      throws DataFormatException {
    var out = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 << 10];
    while (!done.getAsBoolean()) {
      int count = filling.fill(buffer);
      out.write(buffer, 0, count);
      if (out.size() > MAX_BYTES) {
        throw new DataFormatException("more than %d bytes".formatted(MAX_BYTES));
      }
    }
    return out.toByteArray();
  }

  private interface Filling {
    int fill(byte[] buffer) throws DataFormatException;
  }
}
