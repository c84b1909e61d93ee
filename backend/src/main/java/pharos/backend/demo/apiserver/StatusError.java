package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A refusal in Kubernetes' words: becomes a {@code Status} object and an HTTP status. */
final class StatusError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final transient @Nullable ObjectNode details;

  private StatusError(int code, String reason, String message, @Nullable ObjectNode details) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  int code() {
    return code;
  }

  static StatusError of(int code, String reason, String message) {
    return new StatusError(code, reason, message, null);
  }

  static StatusError badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  static StatusError notFound(ResourceType type, String name) {
    return new StatusError(
        404,
        "NotFound",
        "%s \"%s\" not found".formatted(type.qualifiedPlural(), name),
        details(type, name, type.plural()));
  }

  static StatusError alreadyExists(ResourceType type, String name) {
    return new StatusError(
        409,
        "AlreadyExists",
        "%s \"%s\" already exists".formatted(type.qualifiedPlural(), name),
        details(type, name, type.plural()));
  }

  /** The optimistic lock failed. */
  static StatusError modified(ResourceType type, String name) {
    return conflict(
        type,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  static StatusError conflict(ResourceType type, String name, String why) {
    return new StatusError(
        409,
        "Conflict",
        "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(type.qualifiedPlural(), name, why),
        details(type, name, type.plural()));
  }

  /** Server-side apply met fields of other managers. */
  static StatusError applyConflict(String message, ObjectNode causes) {
    return new StatusError(409, "Conflict", message, causes);
  }

  /**
   * @param cause {@code FieldValueRequired}, {@code FieldValueInvalid}, …
   * @param text begins with the words that belong to the cause, for example {@code Required value}
   */
  static StatusError invalid(
      ResourceType type, String name, String field, String cause, String text) {
    ObjectNode details = details(type, name, type.kind());
    details
        .putArray("causes")
        .addObject()
        .put("reason", cause)
        .put("message", text)
        .put("field", field);
    return new StatusError(
        422,
        "Invalid",
        "%s \"%s\" is invalid: %s: %s".formatted(type.qualifiedKind(), name, field, text),
        details);
  }

  static StatusError forbidden(Call call) {
    String subject =
        call.type().qualifiedPlural() + (call.name().isEmpty() ? "" : " \"" + call.name() + "\"");
    String scope =
        call.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"%s\"".formatted(call.namespace());
    return new StatusError(
        403,
        "Forbidden",
        "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(
                subject,
                call.user(),
                call.verb(),
                call.type().plural(),
                call.type().group(),
                scope),
        details(call.type(), call.name(), call.type().plural()));
  }

  static StatusError expired(long asked, long oldest) {
    return of(410, "Expired", "too old resource version: %d (%d)".formatted(asked, oldest));
  }

  /** A validating webhook said no; Kubernetes answers 400 without a reason. */
  static StatusError denied(String webhook, String message) {
    return of(
        400, "", "admission webhook \"%s\" denied the request: %s".formatted(webhook, message));
  }

  ObjectNode toStatus() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", getMessage());
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (details != null) {
      status.set("details", details);
    }
    return status.put("code", code);
  }

  private static ObjectNode details(ResourceType type, String name, String kind) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!type.group().isEmpty()) {
      details.put("group", type.group());
    }
    return details.put("kind", kind);
  }
}
