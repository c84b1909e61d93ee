package pharos.backend.source.otlp;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Zipkin's API v2: a JSON list of spans; 202 without a body, or words. */
final class ZipkinWire implements SpanWire {
  private static final String JSON = "application/json";

  /** Reporters that send no type send JSON. */
  static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT).equals(JSON);
  }

  @Override
  public String contentType() {
    return "text/plain; charset=utf-8";
  }

  @Override
  public int acceptedStatus() {
    return 202;
  }

  @Override
  public List<ResourceSpans> spans(byte[] body) throws Unreadable {
    return ZipkinJson.read(body);
  }

  @Override
  public Buffer accepted() {
    return Buffer.buffer();
  }

  @Override
  public Buffer accepted(long rejected, String why) {
    return Buffer.buffer("%d not taken: %s\n".formatted(rejected, why));
  }

  @Override
  public Buffer status(int code, String words) {
    return Buffer.buffer(words + "\n");
  }
}
