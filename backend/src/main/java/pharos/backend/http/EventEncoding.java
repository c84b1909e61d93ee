package pharos.backend.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import pharos.backend.traffic.FrameEncoding;
import pharos.backend.traffic.GraphFrame;
import pharos.backend.traffic.TrafficFailure;
import pharos.backend.traffic.WireEvent;
import pharos.graph.view.GraphDelta;

/**
 * Frames as server-sent events. Compressed events are DEFLATE blocks that end at a byte and refer
 * to nothing before them, so one compression serves every connection, whatever it was sent before.
 */
public final class EventEncoding implements FrameEncoding {
  /** RFC 1952: magic, DEFLATE, no flags, no time, no extra flags, unknown system. */
  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private static final int CHUNK = 16 << 10;

  @Override
  public WireEvent snapshot(String epoch, GraphFrame frame) {
    return event("snapshot", epoch + '-' + frame.seq(), GraphJson.document(frame));
  }

  @Override
  public WireEvent delta(String epoch, long base, GraphFrame frame, GraphDelta delta) {
    return event("delta", epoch + '-' + frame.seq(), GraphJson.delta(base, frame, delta));
  }

  @Override
  public WireEvent problem(TrafficFailure failure) {
    return event("problem", "", Problem.of(failure).json(""));
  }

  /** An event without an id leaves the reader's last id as it is. */
  private static WireEvent event(String name, String id, byte[] json) {
    String head = (id.isEmpty() ? "" : "id: " + id + '\n') + "event: " + name + "\ndata: ";
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] text = new byte[start.length + json.length + 2];
    System.arraycopy(start, 0, text, 0, start.length);
    System.arraycopy(json, 0, text, start.length, json.length);
    text[text.length - 2] = '\n';
    text[text.length - 1] = '\n';
    return wire(text);
  }

  /** A comment or field by itself. */
  static WireEvent text(String text) {
    return wire(text.getBytes(StandardCharsets.UTF_8));
  }

  private static WireEvent wire(byte[] text) {
    return new WireEvent(Buffer.buffer(text), Buffer.buffer(blocks(text)));
  }

  static Buffer gzipHeader() {
    return Buffer.buffer(GZIP_HEADER);
  }

  private static byte[] blocks(byte[] text) {
    try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
      deflater.setInput(text);
      var out = new ByteArrayOutputStream(text.length / 6 + 64);
      byte[] chunk = new byte[Math.min(CHUNK, text.length + 64)];
      int size;
      do {
        size = deflater.deflate(chunk, 0, chunk.length, Deflater.FULL_FLUSH);
        out.write(chunk, 0, size);
      } while (size == chunk.length);
      return out.toByteArray();
    }
  }
}
