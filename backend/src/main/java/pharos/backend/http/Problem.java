package pharos.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.backend.change.ChangeFailure;
import pharos.backend.config.ConfigFailure;
import pharos.backend.http.HttpFailure.BadValue;
import pharos.backend.http.HttpFailure.Kind;
import pharos.backend.traces.TraceFailure;
import pharos.backend.traffic.SourceUnavailable;
import pharos.backend.traffic.TrafficFailure;

/**
 * RFC 9457 problem details. This is the only place where a failure becomes a status.
 *
 * @param code stable; clients branch on it
 * @param position in an expression, from 0; null when there is none
 * @param retryAfterSeconds null when asking again would not help
 * @param bug true for what nobody foresaw: it is logged with its stack
 */
record Problem(
    int status,
    String code,
    String title,
    String detail,
    List<BadValue> errors,
    @Nullable Integer position,
    @Nullable Integer retryAfterSeconds,
    @Nullable String allow,
    boolean bug) {

  static Problem of(Throwable failure) {
    return switch (failure) {
      case HttpFailure http -> of(http);
      case TrafficFailure traffic -> of(traffic);
      case ConfigFailure config -> of(config);
      case TraceFailure trace -> of(trace);
      case ChangeFailure change -> of(change);
      case HttpException http -> of(forStatus(http.getStatusCode()));
      default -> unforeseen();
    };
  }

  private static Problem of(HttpFailure failure) {
    Kind kind = failure.kind();
    return new Problem(
        kind.status(),
        kind.code(),
        kind.title(),
        String.valueOf(failure.getMessage()),
        failure.errors(),
        null,
        kind.status() == 503 ? 1 : null,
        failure.allow(),
        false);
  }

  private static Problem of(TrafficFailure failure) {
    String detail = String.valueOf(failure.getMessage());
    return switch (failure) {
      case SourceUnavailable source ->
          plain(
              503,
              "source-unavailable",
              "The source " + source.source() + " does not answer",
              detail,
              5);
      case TrafficFailure.NoSuchObject _ -> plain(404, "no-such-object", "Not known", detail, null);
      case TrafficFailure.TooMuch _ -> plain(429, "limit-reached", "A limit is reached", detail, 5);
      case TrafficFailure.BadExpression bad ->
          new Problem(
              400,
              "bad-expression",
              "The expression cannot be read",
              detail,
              List.of(new BadValue(bad.parameter(), detail)),
              bad.position(),
              null,
              null,
              false);
    };
  }

  private static Problem of(ConfigFailure failure) {
    String detail = String.valueOf(failure.getMessage());
    return switch (failure) {
      case ConfigFailure.NoSuchObject _ -> plain(404, "no-such-object", "Not known", detail, null);
      case ConfigFailure.Forbidden _ -> plain(403, "forbidden", "No access", detail, null);
      case ConfigFailure.NotKnownYet _ ->
          plain(503, "source-unavailable", "The cluster is not known yet", detail, 2);
    };
  }

  private static Problem of(TraceFailure failure) {
    String detail = String.valueOf(failure.getMessage());
    return switch (failure) {
      case TraceFailure.NoSuchTrace _ -> plain(404, "no-such-object", "Not known", detail, null);
      case TraceFailure.TooLarge _ -> plain(413, "too-large", "Too large to show", detail, null);
      case TraceFailure.NotNow _ -> plain(503, "busy", "Not now", detail, 5);
      case TraceFailure.BadExpression bad ->
          new Problem(
              400,
              "bad-expression",
              "The expression cannot be read",
              detail,
              List.of(new BadValue("q", detail)),
              bad.position(),
              null,
              null,
              false);
    };
  }

  private static Problem of(ChangeFailure failure) {
    String detail = String.valueOf(failure.getMessage());
    return switch (failure) {
      case ChangeFailure.NoSuchChange _ -> plain(404, "no-such-change", "Not known", detail, null);
      case ChangeFailure.Unusable _ ->
          plain(422, "unusable-change", "This cannot become a change", detail, null);
      case ChangeFailure.Moved _ ->
          plain(409, "changed-since-preview", "Not as in the preview any more", detail, null);
      case ChangeFailure.Owned _ ->
          plain(409, "owned-by-another", "Another tool owns the object", detail, null);
      case ChangeFailure.Forbidden _ -> plain(403, "view-only", "Nothing is changed", detail, null);
      case ChangeFailure.ClusterAway _ ->
          plain(503, "source-unavailable", "The API server does not answer", detail, 5);
      case ChangeFailure.JournalAway _ ->
          plain(503, "source-unavailable", "The journal does not answer", detail, 5);
    };
  }

  private static Problem plain(
      int status, String code, String title, String detail, @Nullable Integer retryAfter) {
    return new Problem(status, code, title, detail, List.of(), null, retryAfter, null, false);
  }

  private static Problem unforeseen() {
    return new Problem(
        500,
        "internal",
        "Something went wrong inside Pharos",
        "The log has the details under this request id.",
        List.of(),
        null,
        null,
        null,
        true);
  }

  /** What the framework refused, as a failure of ours. */
  static HttpFailure forStatus(int status) {
    return switch (status) {
      case 404 -> new HttpFailure(Kind.NOT_FOUND, "Nothing is served under this path.");
      case 405 -> new HttpFailure(Kind.METHOD_NOT_ALLOWED, "Another method is needed here.");
      case 413 -> new HttpFailure(Kind.TOO_LARGE, "The body is larger than this route takes.");
      case 414 -> new HttpFailure(Kind.URI_TOO_LONG, "An address may have 4,096 characters.");
      case 415 -> new HttpFailure(Kind.UNSUPPORTED_TYPE, "Send another content type.");
      case 431 -> new HttpFailure(Kind.HEADERS_TOO_LARGE, "Headers may have 16 KiB together.");
      case 503 -> new HttpFailure(Kind.TIMEOUT, "There was no answer in time.");
      default -> new HttpFailure(Kind.BAD_REQUEST, "The request is not well formed.");
    };
  }

  byte[] json(String requestId) {
    return Json.bytes(out -> write(out, requestId));
  }

  void write(JsonGenerator out, String requestId) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", "urn:pharos:problem:" + code);
    out.writeStringField("title", title);
    out.writeNumberField("status", status);
    out.writeStringField("detail", detail);
    out.writeStringField("code", code);
    out.writeStringField("requestId", requestId);
    if (position != null) {
      out.writeNumberField("position", position);
    }
    if (!errors.isEmpty()) {
      out.writeArrayFieldStart("errors");
      for (BadValue error : errors) {
        out.writeStartObject();
        out.writeStringField("path", error.path());
        out.writeStringField("detail", error.detail());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }
}
