package pharos.backend.traces;

import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an expression can ask of a span by a name of ours; every other name is an attribute. */
enum SpanField {
  SERVICE,
  WORKLOAD,
  NAMESPACE,
  VERSION,
  CLUSTER,
  POD,
  OPERATION,
  KIND,
  STATUS,
  FLAGS,
  DURATION;

  /** The field of that name; null for an attribute. */
  static @Nullable SpanField named(String name) {
    if (name.equals("name")) {
      return OPERATION;
    }
    for (SpanField field : values()) {
      if (field.key().equals(name)) {
        return field;
      }
    }
    return null;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty when the span does not say. */
  String text(StoredSpan span) {
    return switch (this) {
      case SERVICE -> span.emitter().service();
      case WORKLOAD -> span.emitter().workload();
      case NAMESPACE -> span.emitter().namespace();
      case VERSION -> span.emitter().version();
      case CLUSTER -> span.emitter().cluster();
      case POD -> span.emitter().pod();
      case OPERATION -> span.otlp().getName();
      case KIND -> kind(span);
      case STATUS -> status(span);
      case FLAGS -> span.core().flags();
      case DURATION -> Long.toString(durationNanos(span));
    };
  }

  static String kind(StoredSpan span) {
    return span.kind().name().toLowerCase(Locale.ROOT);
  }

  /** {@code error} whenever the span failed, whoever says so. */
  static String status(StoredSpan span) {
    if (span.error()) {
      return "error";
    }
    return span.otlp().getStatus().getCode() == StatusCode.STATUS_CODE_OK ? "ok" : "unset";
  }

  static long durationNanos(StoredSpan span) {
    return Math.max(0, span.otlp().getEndTimeUnixNano() - span.otlp().getStartTimeUnixNano());
  }
}
