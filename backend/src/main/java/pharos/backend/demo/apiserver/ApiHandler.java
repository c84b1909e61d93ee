package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads requests, asks {@link Registry} and {@link Reads}, writes answers. */
final class ApiHandler implements Handler<HttpServerRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String ACCESS_REVIEWS =
      "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private final Vertx vertx;
  private final ApiServer.Options options;
  private final Registry registry;
  private final Reads reads;
  private final Faults faults;
  private final Consumer<Call> onCall;

  ApiHandler(
      Vertx vertx,
      ClusterObjects objects,
      Watches watches,
      Faults faults,
      ApiServer.Options options,
      Consumer<Call> onCall) {
    this.vertx = vertx;
    this.options = options;
    this.registry = new Registry(objects, options.admission());
    this.reads = new Reads(vertx, objects, watches, options.webSockets());
    this.faults = faults;
    this.onCall = onCall;
  }

  @Override
  public void handle(HttpServerRequest request) {
    try {
      String path = request.path();
      if (path.equals("/livez") || path.equals("/readyz") || path.equals("/healthz")) {
        request.response().end("ok");
        return;
      }
      Optional<ObjectNode> discovery = Discovery.at(path);
      if (discovery.isPresent()) {
        answer(request.response(), 200, discovery.get());
        return;
      }
      String user = user(request);
      if (path.equals(ACCESS_REVIEWS)) {
        withBody(request, body -> answer(request.response(), 201, review(user, json(body))));
        return;
      }
      Optional<ApiPath> resource = ApiPath.of(path);
      if (resource.isEmpty()) {
        request.response().setStatusCode(404).end("404 page not found\n");
        return;
      }
      resource(request, resource.get(), call(request, resource.get(), user));
    } catch (StatusError e) {
      fail(request.response(), e);
    } catch (RuntimeException e) {
      broken(request.response(), e);
    }
  }

  private void resource(HttpServerRequest request, ApiPath path, Call call) {
    onCall.accept(call);
    if (!faults.allows(call)) {
      throw StatusError.forbidden(call);
    }
    Optional<Faults.Fault> fault = faults.next(call);
    if (fault.isEmpty()) {
      serve(request, path, call, null);
      return;
    }
    switch (fault.get()) {
      case Faults.Fault.DropBefore() -> request.connection().close();
      case Faults.Fault.Refuse(int status, String reason, String message) ->
          throw StatusError.of(status, reason, message);
      case Faults.Fault.Gone() -> throw StatusError.of(410, "Expired", "too old resource version");
      case Faults.Fault.Delay(var by) -> {
        request.pause();
        vertx.setTimer(
            by.toMillis(),
            _ -> {
              try {
                serve(request, path, call, null);
                request.resume();
              } catch (StatusError e) {
                fail(request.response(), e);
              }
            });
      }
      case Faults.Fault after -> serve(request, path, call, after);
    }
  }

  private void serve(
      HttpServerRequest request, ApiPath path, Call call, Faults.@Nullable Fault after) {
    switch (call.verb()) {
      case "list" -> reads.list(request, path, bytes -> send(request, 200, bytes, after));
      case "watch" -> reads.watch(request, path);
      case "get" -> finish(request, 200, shown(path, registry.get(call)), after);
      case "create" ->
          withBody(
              request,
              body ->
                  finish(
                      request,
                      201,
                      shown(path, registry.create(call, object(body), manager(request))),
                      after));
      case "update" ->
          withBody(
              request,
              body ->
                  finish(
                      request,
                      200,
                      shown(path, registry.update(call, object(body), manager(request))),
                      after));
      case "patch" ->
          withBody(
              request,
              body -> finish(request, 200, shown(path, patch(request, call, body)), after));
      case "delete" ->
          withBody(
              request,
              body -> {
                ObjectNode before = registry.get(call);
                ObjectNode held = registry.delete(call, body.length() == 0 ? object() : json(body));
                finish(request, 200, held == null ? deleted(call, before) : held, after);
              });
      default -> throw notAllowed();
    }
  }

  private ObjectNode patch(HttpServerRequest request, Call call, Buffer body) {
    String type =
        Optional.ofNullable(request.getHeader("Content-Type")).orElse("").replaceFirst(";.*", "");
    if (type.equals("application/strategic-merge-patch+json") && !call.type().custom()) {
      type = "application/merge-patch+json"; // near enough where no list is patched
    }
    return switch (type) {
      case "application/merge-patch+json" ->
          registry.mergePatch(call, json(body), manager(request));
      case "application/json-patch+json" -> registry.jsonPatch(call, json(body), manager(request));
      case "application/apply-patch+yaml" -> {
        String manager = request.getParam("fieldManager");
        if (manager == null) {
          throw StatusError.of(
              422,
              "Invalid",
              "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required"
                  + " for apply patch");
        }
        try {
          ObjectNode intent = ManifestYaml.read(body.toString(StandardCharsets.UTF_8)).getFirst();
          yield registry.serverSideApply(
              call, intent, manager, "true".equals(request.getParam("force")));
        } catch (IllegalArgumentException e) {
          throw StatusError.badRequest("error decoding YAML: " + e.getMessage());
        }
      }
      default ->
          throw StatusError.of(
              415,
              "UnsupportedMediaType",
              "the body of the request was in an unknown format - accepted media types include:"
                  + " application/json-patch+json, application/merge-patch+json,"
                  + " application/apply-patch+yaml");
    };
  }

  private ObjectNode review(String user, JsonNode review) {
    JsonNode asked = review.path("spec").path("resourceAttributes");
    boolean allowed =
        ResourceTypes.ALL.stream()
            .filter(type -> type.group().equals(asked.path("group").asText()))
            .filter(type -> type.plural().equals(asked.path("resource").asText()))
            .allMatch(type ->
                faults.allows(
                    new Call(
                        user,
                        asked.path("verb").asText(),
                        type,
                        asked.path("namespace").asText(),
                        asked.path("name").asText(),
                        asked.path("subresource").asText(),
                        true)));
    ObjectNode answer = object();
    answer.put("kind", "SelfSubjectAccessReview").put("apiVersion", "authorization.k8s.io/v1");
    answer.putObject("metadata").putNull("creationTimestamp");
    answer.set("spec", review.path("spec").deepCopy());
    answer.putObject("status").put("allowed", allowed);
    return answer;
  }

  private static Call call(HttpServerRequest request, ApiPath path, String user) {
    boolean collection = path.name().isEmpty();
    String watch = request.getParam("watch");
    boolean watching = "true".equals(watch) || "1".equals(watch);
    String verb =
        switch (request.method().name()) {
          case "GET" -> collection ? (watching ? "watch" : "list") : "get";
          case "POST" -> collection ? "create" : "";
          case "PUT" -> collection ? "" : "update";
          case "PATCH" -> collection ? "" : "patch";
          case "DELETE" -> collection ? "" : "delete";
          default -> "";
        };
    if (verb.isEmpty()
        || (verb.equals("create") && path.type().namespaced() && path.namespace().isEmpty())) {
      throw notAllowed();
    }
    return new Call(
        user,
        verb,
        path.type(),
        path.namespace(),
        path.name(),
        path.subresource(),
        "All".equals(request.getParam("dryRun")));
  }

  private static StatusError notAllowed() {
    return StatusError.of(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  private String user(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    String user = "system:anonymous";
    if (authorization != null && !options.users().isEmpty()) {
      String known = options.users().get(authorization.replaceFirst("(?i)^Bearer ", ""));
      if (known == null) {
        throw StatusError.of(401, "Unauthorized", "Unauthorized");
      }
      user = known;
    }
    String impersonated = request.getHeader("Impersonate-User");
    return impersonated == null ? user : impersonated;
  }

  /** Who writes, for {@code managedFields}: the parameter, else the client's program name. */
  private static String manager(HttpServerRequest request) {
    String manager = request.getParam("fieldManager");
    if (manager != null) {
      return manager;
    }
    String agent = request.getHeader("User-Agent");
    return agent == null ? "unknown" : agent.replaceFirst("/.*", "");
  }

  private void withBody(HttpServerRequest request, Consumer<Buffer> action) {
    Buffer body = Buffer.buffer();
    request.handler(chunk -> {
      if (body.length() <= options.maxBody()) {
        body.appendBuffer(chunk);
      }
    });
    request.endHandler(_ -> {
      try {
        if (body.length() > options.maxBody()) {
          throw StatusError.of(
              413,
              "RequestEntityTooLarge",
              "Request entity too large: limit is " + options.maxBody());
        }
        action.accept(body);
      } catch (StatusError e) {
        fail(request.response(), e);
      } catch (RuntimeException e) {
        broken(request.response(), e);
      }
    });
  }

  private static JsonNode json(Buffer body) {
    try {
      return JSON.readTree(body.getBytes());
    } catch (JsonProcessingException e) {
      throw StatusError.badRequest(
          "the object provided is unrecognized (must be of type JSON): " + e.getOriginalMessage());
    } catch (java.io.IOException e) {
      throw StatusError.badRequest("the body could not be read");
    }
  }

  private static ObjectNode object(Buffer body) {
    if (json(body) instanceof ObjectNode object) {
      return object;
    }
    throw StatusError.badRequest("the object provided is unrecognized");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode shown(ApiPath path, ObjectNode stored) {
    return Manifests.at(path.type().apiVersion(path.version()), stored);
  }

  private static ObjectNode deleted(Call call, ObjectNode before) {
    ObjectNode status = object();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    ObjectNode details = status.put("status", "Success").putObject("details");
    details.put("name", call.name());
    if (!call.type().group().isEmpty()) {
      details.put("group", call.type().group());
    }
    details.put("kind", call.type().plural()).put("uid", Manifests.uid(before));
    return status;
  }

  private static void finish(
      HttpServerRequest request, int status, ObjectNode body, Faults.@Nullable Fault after) {
    send(request, status, Buffer.buffer(body.toString()), after);
  }

  /** Answers, unless the fault plan wants the answer lost or wrong. */
  private static void send(
      HttpServerRequest request, int status, Buffer body, Faults.@Nullable Fault after) {
    switch (after) {
      case Faults.Fault.DropAfter() -> request.connection().close();
      case Faults.Fault.Mislead(int code, String reason, String message) ->
          fail(request.response(), StatusError.of(code, reason, message));
      case null, default ->
          request
              .response()
              .setStatusCode(status)
              .putHeader("Content-Type", "application/json")
              .end(body);
    }
  }

  static void fail(HttpServerResponse response, StatusError error) {
    if (!response.headWritten()) {
      answer(response, error.code(), error.toStatus());
    }
  }

  private static void broken(HttpServerResponse response, RuntimeException e) {
    LOG.error("the simulated API server failed", e);
    fail(response, StatusError.of(500, "InternalError", "Internal error occurred: " + e));
  }

  private static void answer(HttpServerResponse response, int status, ObjectNode body) {
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.toString());
  }
}
