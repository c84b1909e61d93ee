package pharos.backend.source.otlp;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** One way in which spans come over HTTP, and in which their sender is answered. */
interface SpanWire {

  String contentType();

  /** Status of "taken". */
  int acceptedStatus();

  /** What was sent. */
  List<ResourceSpans> spans(byte[] body) throws Unreadable;

  /** The answer when everything was taken. */
  Buffer accepted();

  /** The answer when some spans were not taken. */
  Buffer accepted(long rejected, String why);

  /**
   * The answer when nothing was taken.
   *
   * @param code of gRPC
   */
  Buffer status(int code, String words);

  /** A body that is not what its type says; the message says what it is instead. */
  final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String words) {
      super(words, null, false, false);
    }
  }
}
