package pharos.backend.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that is refused before it reaches a feature. */
final class HttpFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final transient List<BadValue> errors;
  private final @Nullable String allow;

  private HttpFailure(Kind kind, String detail, List<BadValue> errors, @Nullable String allow) {
    super(detail, null, false, false);
    this.kind = kind;
    this.errors = List.copyOf(errors);
    this.allow = allow;
  }

  HttpFailure(Kind kind, String detail) {
    this(kind, detail, List.of(), null);
  }

  static HttpFailure badParameters(List<BadValue> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().detail()
            : "%d parameters cannot be used; see errors.".formatted(errors.size());
    return new HttpFailure(Kind.BAD_PARAMETER, detail, errors, null);
  }

  static HttpFailure methodNotAllowed(String allow) {
    return new HttpFailure(
        Kind.METHOD_NOT_ALLOWED, "This resource allows " + allow + ".", List.of(), allow);
  }

  Kind kind() {
    return kind;
  }

  List<BadValue> errors() {
    return errors;
  }

  /** Value of the header {@code Allow}; null for other failures. */
  @Nullable String allow() {
    return allow;
  }

  /**
   * @param path name of the parameter
   * @param detail the value and what was expected, as a sentence
   */
  record BadValue(String path, String detail) {}

  /** Stable codes: clients branch on them. */
  enum Kind {
    BAD_PARAMETER(400, "bad-parameter", "A parameter cannot be used"),
    BAD_REQUEST(400, "bad-request", "The request cannot be read"),
    BAD_HOST(421, "wrong-host", "This server does not answer for that host"),
    CROSS_SITE(403, "cross-site", "Requests from other sites are refused"),
    MISSING_HEADER(403, "missing-header", "A header that proves the sender is missing"),
    NOT_FOUND(404, "not-found", "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "not-acceptable", "None of the accepted types can be sent"),
    TOO_LARGE(413, "too-large", "The body is too large"),
    URI_TOO_LONG(414, "uri-too-long", "The address is too long"),
    UNSUPPORTED_TYPE(415, "unsupported-media-type", "The type of the body is not understood"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The headers are too large"),
    BUSY(503, "busy", "Too much is being asked at once"),
    TIMEOUT(503, "timeout", "The answer took too long"),
    STOPPING(503, "stopping", "The server is shutting down");

    private final int status;
    private final String code;
    private final String title;

    Kind(int status, String code, String title) {
      this.status = status;
      this.code = code;
      this.title = title;
    }

    int status() {
      return status;
    }

    String code() {
      return code;
    }

    String title() {
      return title;
    }
  }
}
