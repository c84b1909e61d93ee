package pharos.backend.source.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two encodings of OTLP/HTTP. An answer is encoded as its request was. */
enum OtlpWire implements SpanWire {
  PROTOBUF("application/x-protobuf") {
    private static final int MAX_NESTING = 32;

    @Override
    ExportTraceServiceRequest read(byte[] body) throws Unreadable {
      try {
        CodedInputStream in = CodedInputStream.newInstance(body);
        in.setRecursionLimit(MAX_NESTING);
        ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(in);
        in.checkLastTagWas(0);
        return request;
      } catch (InvalidProtocolBufferException malformed) {
        throw new Unreadable("body that is no ExportTraceServiceRequest");
      } catch (IOException broken) {
        throw new Unreadable("body that ends early");
      }
    }

    @Override
    public Buffer accepted() {
      return Buffer.buffer(ExportTraceServiceResponse.getDefaultInstance().toByteArray());
    }

    @Override
    public Buffer accepted(long rejected, String why) {
      return Buffer.buffer(
          ExportTraceServiceResponse.newBuilder()
              .setPartialSuccess(
                  ExportTracePartialSuccess.newBuilder()
                      .setRejectedSpans(rejected)
                      .setErrorMessage(why))
              .build()
              .toByteArray());
    }

    @Override
    public Buffer status(int code, String words) {
      var bytes = new ByteArrayOutputStream();
      try {
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeInt32(1, code);
        out.writeByteArray(2, words.getBytes(UTF_8));
        out.flush();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      return Buffer.buffer(bytes.toByteArray());
    }
  },

  JSON("application/json") {
    @Override
    ExportTraceServiceRequest read(byte[] body) throws Unreadable {
      return OtlpJson.read(body);
    }

    @Override
    public Buffer accepted() {
      return new JsonObject().toBuffer();
    }

    @Override
    public Buffer accepted(long rejected, String why) {
      return JsonObject.of(
              "partialSuccess",
              JsonObject.of("rejectedSpans", Long.toString(rejected), "errorMessage", why))
          .toBuffer();
    }

    @Override
    public Buffer status(int code, String words) {
      return JsonObject.of("code", code, "message", words).toBuffer();
    }
  };

  private final String contentType;

  OtlpWire(String contentType) {
    this.contentType = contentType;
  }

  /** The encoding that a content type names; null when it names none of OTLP's. */
  static @Nullable OtlpWire of(@Nullable String contentType) {
    if (contentType == null) {
      return null;
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    String name = type.strip().toLowerCase(Locale.ROOT);
    for (OtlpWire wire : values()) {
      if (wire.contentType.equals(name)) {
        return wire;
      }
    }
    return null;
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public int acceptedStatus() {
    return 200;
  }

  @Override
  public List<ResourceSpans> spans(byte[] body) throws Unreadable {
    return read(body).getResourceSpansList();
  }

  /** One export request. */
  abstract ExportTraceServiceRequest read(byte[] body) throws Unreadable;
}
