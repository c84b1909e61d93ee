package pharos.backend.demo.simulation;

import pharos.backend.demo.model.AppProtocol;

/**
 * How a request ended, as one proxy saw it.
 *
 * @param code HTTP status; 0 where the caller went away before an answer
 * @param grpcStatus gRPC status; -1 for HTTP
 * @param flags Envoy's response flags, {@code -} for none
 * @param micros from the request's arrival at this proxy to its end
 * @param bytes of the body
 */
record Response(int code, int grpcStatus, String flags, long micros, int bytes) {
  static final String NO_FLAGS = "-";

  /** An answer that a proxy gives by itself; gRPC clients get it as a gRPC status. */
  static Response local(AppProtocol protocol, int status, String flags, long micros) {
    if (protocol != AppProtocol.GRPC) {
      return new Response(status, -1, flags, micros, 90);
    }
    int grpc =
        switch (status) {
          case 400 -> 13;
          case 401 -> 16;
          case 403 -> 7;
          case 404 -> 12;
          case 429, 502, 503 -> 14;
          case 504 -> 4;
          default -> 2;
        };
    return new Response(200, grpc, flags, micros, 0);
  }

  Response withFlags(String other) {
    return new Response(code, grpcStatus, other, micros, bytes);
  }

  Response after(long moreMicros) {
    return new Response(code, grpcStatus, flags, micros + moreMicros, bytes);
  }

  /** Whether whoever needs the answer cannot go on: NOT_FOUND and 4xx are answers. */
  boolean failed() {
    return code >= 500 || code == 0 || (grpcStatus > 0 && grpcStatus != 5);
  }
}
