package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes does with a write: names, versions, generations, preconditions, finalizers,
 * admission. A dry run goes the whole way and stores nothing. Errors are {@link StatusError}.
 */
final class Registry {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final String NAME_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is '"
          + NAME.pattern()
          + "')";
  private static final String SUFFIX = "bcdfghjklmnpqrstvwxz2456789";

  private final ClusterObjects objects;
  private final Admission admission;
  private final SecureRandom random = new SecureRandom();

  Registry(ClusterObjects objects, Admission admission) {
    this.objects = objects;
    this.admission = admission;
  }

  ObjectNode get(Call call) {
    ObjectNode found = objects.find(call.type(), call.namespace(), call.name());
    if (found == null) {
      throw StatusError.notFound(call.type(), call.name());
    }
    return found;
  }

  ObjectNode create(Call call, ObjectNode body, String manager) {
    synchronized (objects) {
      ResourceType type = call.type();
      ObjectNode created = body.deepCopy();
      ObjectNode metadata = Manifests.metadata(created);
      checkIdentity(call, created);
      if (type.namespaced()) {
        metadata.put("namespace", call.namespace());
        requireNamespace(call.namespace());
      } else {
        metadata.remove("namespace");
      }
      String name = metadata.path("name").asText();
      if (name.isEmpty() && !metadata.path("generateName").asText().isEmpty()) {
        name = metadata.path("generateName").asText() + suffix();
        metadata.put("name", name);
      }
      checkName(type, name);
      if (!metadata.path("resourceVersion").asText().isEmpty()) {
        throw StatusError.of(
            500, "InternalError", "resourceVersion should not be set on objects to be created");
      }
      if (objects.find(type, call.namespace(), name) != null) {
        throw StatusError.alreadyExists(type, name);
      }
      for (String field : new String[] {"uid", "creationTimestamp", "generation", "selfLink"}) {
        metadata.remove(field);
      }
      metadata.remove("managedFields");
      if (type.custom()) {
        created.remove("status");
      }
      ObjectNode admitted = admit(call, null, created);
      objects.stampNew(admitted);
      FieldOwnership.record(null, admitted, type, manager, "Update", objects.now());
      return call.dryRun()
          ? unstored(type, admitted)
          : objects.commit(type, call.namespace(), name, admitted);
    }
  }

  ObjectNode update(Call call, ObjectNode body, String manager) {
    synchronized (objects) {
      ObjectNode before = get(call);
      checkIdentity(call, body);
      String version = Manifests.resourceVersion(body);
      if (version.isEmpty() && call.type().custom()) {
        throw StatusError.invalid(
            call.type(),
            call.name(),
            "metadata.resourceVersion",
            "FieldValueInvalid",
            "Invalid value: 0x0: must be specified for an update");
      }
      return replace(call, before, body.deepCopy(), manager, "Update");
    }
  }

  ObjectNode mergePatch(Call call, JsonNode patch, String manager) {
    synchronized (objects) {
      ObjectNode before = get(call);
      if (!(patch instanceof ObjectNode)) {
        throw StatusError.badRequest("a merge patch is an object");
      }
      return replace(
          call, before, (ObjectNode) JsonPatches.merge(before, patch), manager, "Update");
    }
  }

  ObjectNode jsonPatch(Call call, JsonNode operations, String manager) {
    synchronized (objects) {
      ObjectNode before = get(call);
      try {
        return replace(call, before, JsonPatches.apply(before, operations), manager, "Update");
      } catch (JsonPatches.Failed e) {
        throw StatusError.of(
            422, "Invalid", "the server rejected our request due to an error in our request");
      }
    }
  }

  /** Server-side apply; creates what is not there. */
  ObjectNode serverSideApply(Call call, ObjectNode applied, String manager, boolean force) {
    synchronized (objects) {
      ObjectNode before = objects.find(call.type(), call.namespace(), call.name());
      ObjectNode intent = applied.deepCopy();
      ObjectNode metadata = Manifests.metadata(intent);
      if (metadata.has("managedFields")) {
        throw StatusError.badRequest("metadata.managedFields must be nil");
      }
      metadata.put("name", call.name());
      if (before == null) {
        Call create =
            new Call(call.user(), "create", call.type(), call.namespace(), "", "", call.dryRun());
        return create(create, intent, manager);
      }
      ObjectNode merged = FieldOwnership.apply(before, intent, call.type(), manager, force);
      return replace(call, before, merged, manager, "Apply");
    }
  }

  /**
   * @return null when the object is gone, the object when a finalizer still holds it
   */
  @Nullable ObjectNode delete(Call call, JsonNode options) {
    synchronized (objects) {
      ObjectNode before = get(call);
      checkPreconditions(call, before, options.path("preconditions"));
      ObjectNode metadata = Manifests.metadata(before);
      boolean held = !metadata.path("finalizers").isEmpty();
      if (call.dryRun()) {
        return held ? before : null;
      }
      if (!held) {
        objects.remove(call.type(), call.namespace(), call.name());
        return null;
      }
      if (metadata.has("deletionTimestamp")) {
        return before;
      }
      ObjectNode marked = before.deepCopy();
      Manifests.metadata(marked)
          .put("deletionTimestamp", objects.now())
          .put("deletionGracePeriodSeconds", 0);
      return objects.commit(call.type(), call.namespace(), call.name(), marked);
    }
  }

  private ObjectNode replace(
      Call call, ObjectNode before, ObjectNode after, String manager, String operation) {
    ResourceType type = call.type();
    checkIdentity(call, after);
    String version = Manifests.resourceVersion(after);
    if (!version.isEmpty() && !version.equals(Manifests.resourceVersion(before))) {
      throw StatusError.modified(type, call.name());
    }
    String uid = Manifests.uid(after);
    if (!uid.isEmpty() && !uid.equals(Manifests.uid(before))) {
      throw StatusError.conflict(
          type,
          call.name(),
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, Manifests.uid(before)));
    }
    ObjectNode next = call.subresource().equals("status") ? before.deepCopy() : after;
    String keptStatus = "status";
    JsonNode status = (call.subresource().equals("status") ? after : before).get(keptStatus);
    if (status == null) {
      next.remove(keptStatus);
    } else {
      next.set(keptStatus, status);
    }
    ObjectNode metadata = Manifests.metadata(next);
    metadata.put("name", call.name());
    if (type.namespaced()) {
      metadata.put("namespace", call.namespace());
    }
    copyField(Manifests.metadata(before), metadata, "deletionTimestamp");
    if (!operation.equals("Apply")) {
      copyField(Manifests.metadata(before), metadata, "managedFields");
    }
    Manifests.keepIdentity(before, next);
    ObjectNode admitted = admit(call, before, next);
    Manifests.keepIdentity(before, admitted);
    FieldOwnership.record(before, admitted, type, manager, operation, objects.now());
    if (call.dryRun()) {
      Manifests.metadata(admitted).put("resourceVersion", Manifests.resourceVersion(before));
      return admitted;
    }
    if (metadata.has("deletionTimestamp") && metadata.path("finalizers").isEmpty()) {
      return Objects.requireNonNull(
          objects.remove(type, call.namespace(), call.name()), "found under the same lock");
    }
    return objects.commit(type, call.namespace(), call.name(), admitted);
  }

  private ObjectNode admit(Call call, @Nullable ObjectNode before, ObjectNode after) {
    return switch (admission.review(call, before, after)) {
      case Admission.Verdict.Allowed(ObjectNode object) -> object;
      case Admission.Verdict.Denied(String webhook, String message) ->
          throw StatusError.denied(webhook, message);
    };
  }

  private static void copyField(ObjectNode from, ObjectNode to, String field) {
    JsonNode value = from.get(field);
    if (value == null) {
      to.remove(field);
    } else {
      to.set(field, value);
    }
  }

  private void requireNamespace(String namespace) {
    ResourceType namespaces = ResourceTypes.at("", "v1", "namespaces").orElseThrow();
    if (objects.find(namespaces, "", namespace) == null) {
      throw StatusError.notFound(namespaces, namespace);
    }
  }

  private static void checkIdentity(Call call, ObjectNode body) {
    ResourceType type = call.type();
    String apiVersion = body.path("apiVersion").asText();
    String kind = body.path("kind").asText();
    if (!ResourceTypes.of(apiVersion, kind).filter(type::equals).isPresent()) {
      throw StatusError.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: the object provided is unrecognized"
              .formatted(kind, apiVersion, type.kind()));
    }
    String name = Manifests.name(body);
    if (!call.name().isEmpty() && !name.equals(call.name())) {
      throw StatusError.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(name, call.name()));
    }
    String namespace = Manifests.namespace(body);
    if (type.namespaced() && !namespace.isEmpty() && !namespace.equals(call.namespace())) {
      throw StatusError.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  private static void checkName(ResourceType type, String name) {
    if (name.isEmpty()) {
      throw StatusError.invalid(
          type,
          "",
          "metadata.name",
          "FieldValueRequired",
          "Required value: name or generateName is required");
    }
    if (name.length() > 253 || !NAME.matcher(name).matches()) {
      throw StatusError.invalid(
          type,
          name,
          "metadata.name",
          "FieldValueInvalid",
          "Invalid value: \"%s\": %s".formatted(name, NAME_RULE));
    }
  }

  private static void checkPreconditions(Call call, ObjectNode object, JsonNode preconditions) {
    String uid = preconditions.path("uid").asText();
    if (!uid.isEmpty() && !uid.equals(Manifests.uid(object))) {
      throw StatusError.conflict(
          call.type(),
          call.name(),
          ("the UID in the precondition (%s) does not match the UID in record (%s). The object"
                  + " might have been deleted and then recreated")
              .formatted(uid, Manifests.uid(object)));
    }
    String version = preconditions.path("resourceVersion").asText();
    if (!version.isEmpty() && !version.equals(Manifests.resourceVersion(object))) {
      throw StatusError.conflict(
          call.type(),
          call.name(),
          ("the ResourceVersion in the precondition (%s) does not match the ResourceVersion in"
                  + " record (%s). The object might have been modified")
              .formatted(version, Manifests.resourceVersion(object)));
    }
  }

  /** A created object of a dry run has an identity but no version. */
  private static ObjectNode unstored(ResourceType type, ObjectNode object) {
    return object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
  }

  private String suffix() {
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      suffix.append(SUFFIX.charAt(random.nextInt(SUFFIX.length())));
    }
    return suffix.toString();
  }
}
