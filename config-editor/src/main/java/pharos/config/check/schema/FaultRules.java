package pharos.config.check.schema;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Fault injection (analysis catalog 6.4.3). */
final class FaultRules {
  private static final Set<String> GRPC =
      Set.of(
          "OK",
          "CANCELLED",
          "UNKNOWN",
          "INVALID_ARGUMENT",
          "DEADLINE_EXCEEDED",
          "NOT_FOUND",
          "ALREADY_EXISTS",
          "PERMISSION_DENIED",
          "RESOURCE_EXHAUSTED",
          "FAILED_PRECONDITION",
          "ABORTED",
          "OUT_OF_RANGE",
          "UNIMPLEMENTED",
          "INTERNAL",
          "UNAVAILABLE",
          "DATA_LOSS",
          "UNAUTHENTICATED");

  private FaultRules() {}

  static void apply(@Nullable Node fault, Path path, Verdicts verdicts) {
    if (fault == null) {
      return;
    }
    Node abort = Fields.node(fault, "abort");
    Node delay = Fields.node(fault, "delay");
    verdicts.errorIf(
        abort == null && delay == null,
        path,
        "HTTP fault injection must have an abort and/or a delay");
    if (abort != null) {
      abort(abort, path.key("abort"), verdicts);
    }
    if (delay != null) {
      Path at = path.key("delay");
      verdicts.errorIf(at, Names.fraction(Values.decimal(delay, "percentage", "value")));
      verdicts.errorIf(at.key("fixedDelay"), Values.duration(Fields.node(delay, "fixedDelay")));
      if (Fields.has(delay, "exponentialDelay")) {
        verdicts.errorIf(at, Values.duration(Fields.node(delay, "exponentialDelay")));
        verdicts.error(at.key("exponentialDelay"), "exponentialDelay not supported yet");
      }
    }
  }

  private static void abort(Node abort, Path path, Verdicts verdicts) {
    verdicts.errorIf(path, Names.fraction(Values.decimal(abort, "percentage", "value")));
    if (Fields.has(abort, "grpcStatus")) {
      String status = Fields.text(abort, "grpcStatus");
      verdicts.errorIf(
          !GRPC.contains(status),
          path.key("grpcStatus"),
          ("gRPC status \"%s\" is not supported. See"
                  + " https://github.com/grpc/grpc/blob/master/doc/statuscodes.md for a list of"
                  + " supported codes, for example 'NOT_FOUND'")
              .formatted(status));
    } else if (Fields.has(abort, "http2Error")) {
      verdicts.error(path.key("http2Error"), "HTTP/2 abort fault injection not supported yet");
    } else if (Fields.has(abort, "httpStatus")) {
      verdicts.errorIf(path.key("httpStatus"), httpStatus(Fields.number(abort, "httpStatus")));
    }
  }

  static @Nullable String httpStatus(long status) {
    return status < 200 || status > 600
        ? "HTTP status %d is not in range 200-599".formatted(status)
        : null;
  }
}
