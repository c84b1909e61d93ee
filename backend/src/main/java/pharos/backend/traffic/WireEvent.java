package pharos.backend.traffic;

import io.vertx.core.buffer.Buffer;

/**
 * One encoded event, shared by all who read it and never changed.
 *
 * @param plain as text
 * @param deflated the same bytes as DEFLATE blocks that stand alone, so that events of any choice
 *     can follow each other in one compressed stream
 */
public record WireEvent(Buffer plain, Buffer deflated) {

  public int size() {
    return plain.length();
  }
}
