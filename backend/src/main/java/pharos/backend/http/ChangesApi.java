package pharos.backend.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pharos.backend.change.Access;
import pharos.backend.change.Change;
import pharos.backend.change.ChangeFailure;
import pharos.backend.change.Changes;
import pharos.backend.change.Preview;
import pharos.backend.change.Step;
import pharos.backend.config.ConfigFailure;
import pharos.backend.config.Draft;
import pharos.backend.config.DraftAnswer;
import pharos.backend.config.DraftReader;
import pharos.backend.config.LiveConfig;
import pharos.backend.http.Api.Endpoint;
import pharos.backend.http.HttpFailure.BadValue;
import pharos.backend.http.HttpFailure.Kind;
import pharos.config.resource.Refusal;
import pharos.config.resource.ResourceKey;

/** Changes of the cluster: proposed, applied, taken back, and their history. */
final class ChangesApi {
  private static final String BASE = Api.BASE + "/changes";
  private static final int KEY = 200;

  private final Vertx vertx;
  private final Gate gate;
  private final @Nullable Changes changes;
  private final Access access;
  private final LiveConfig config;

  /**
   * @param changes null where there is no cluster to change
   */
  ChangesApi(Vertx vertx, Gate gate, @Nullable Changes changes, Access access, LiveConfig config) {
    this.vertx = vertx;
    this.gate = gate;
    this.changes = changes;
    this.access = access;
    this.config = config;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Api.get(BASE, this::list),
        Api.get(BASE + "/{id}", this::one),
        post(BASE, this::propose),
        post(BASE + "/{id}/preview", this::preview),
        post(BASE + "/{id}/apply", this::apply),
        post(BASE + "/{id}/revert", this::revert));
  }

  private static Endpoint post(String path, Api.Handling handling) {
    return new Endpoint("POST", path, "application/json", false, handling);
  }

  private void list(RoutingContext ctx) {
    Query query = Query.of(ctx);
    int limit = query.integer("limit", 50, 1, 500);
    query.done();
    answer(ctx, 200, () -> ChangeJson.list(changes == null ? List.of() : changes.newest(limit)));
  }

  private void one(RoutingContext ctx) {
    UUID id = id(ctx);
    Query.of(ctx).done();
    answer(ctx, 200, () -> ChangeJson.one(changes().find(id)));
  }

  private void propose(RoutingContext ctx) {
    Query.of(ctx).done();
    access.mustEdit();
    byte[] bytes = bytes(ctx);
    answer(
        ctx,
        201,
        () -> {
          ChangeBody.Proposal body = ChangeBody.Proposal.of(bytes);
          CheckBody asked = body.objects();
          Draft draft = DraftReader.read(asked.texts(), asked.namespace(), asked.removed());
          if (!draft.refusals().isEmpty()) {
            throw HttpFailure.badParameters(
                draft.refusals().stream().map(ChangesApi::badText).toList());
          }
          Preview preview =
              changes().propose(title(body, draft), access.name(), draft.put(), draft.removed());
          return ChangeJson.preview(preview, findings(draft));
        });
  }

  private void preview(RoutingContext ctx) {
    UUID id = id(ctx);
    Query.of(ctx).done();
    access.mustEdit();
    answer(
        ctx,
        200,
        () -> {
          Preview preview = changes().preview(id);
          return ChangeJson.preview(preview, findings(draft(preview.change())));
        });
  }

  /** The objects of a change as somebody would propose them. */
  private static Draft draft(Change change) {
    Map<String, String> texts = new LinkedHashMap<>();
    Set<ResourceKey> removed = new HashSet<>();
    for (Step step : change.steps()) {
      String name = step.key().origin();
      if (step.op() == Step.Op.DELETE) {
        removed.add(step.key());
      } else {
        texts.put(name, step.afterText()); // of two writes of one object the last one counts
      }
    }
    return DraftReader.read(texts, "default", removed);
  }

  private static BadValue badText(Refusal refusal) {
    return new BadValue(
        refusal.file(),
        "line %d, column %d: %s"
            .formatted(refusal.place().line(), refusal.place().column(), refusal.reason()));
  }

  /** A change that nobody named is named by its first object. */
  private static String title(ChangeBody.Proposal body, Draft draft) {
    if (!body.title().isEmpty()) {
      return body.title();
    }
    int others = draft.put().size() + draft.removed().size() - 1;
    String first =
        draft.put().isEmpty()
            ? "Delete " + draft.removed().iterator().next().origin()
            : "Edit " + draft.put().getFirst().key().origin();
    return others == 0 ? first : first + " and %d more".formatted(others);
  }

  private @Nullable DraftAnswer findings(Draft draft) {
    try {
      return config.check(draft);
    } catch (ConfigFailure.NotKnownYet _) {
      return null;
    }
  }

  private void apply(RoutingContext ctx) {
    UUID id = id(ctx);
    Query.of(ctx).done();
    access.mustEdit();
    String key = Guards.single(ctx, "Idempotency-Key");
    if (key != null && (key.isBlank() || key.length() > KEY)) {
      throw new HttpFailure(Kind.BAD_REQUEST, "Idempotency-Key has no or too many characters.");
    }
    byte[] bytes = bytes(ctx);
    answer(
        ctx,
        202,
        () -> {
          ChangeBody.Acceptance body = ChangeBody.Acceptance.of(bytes);
          return ChangeJson.one(
              changes().apply(id, body.hash(), body.confirmed(), key, access.name()));
        });
  }

  private void revert(RoutingContext ctx) {
    UUID id = id(ctx);
    Query.of(ctx).done();
    access.mustEdit();
    answer(
        ctx,
        201,
        () -> {
          Preview preview = changes().proposeRevert(id, access.name());
          return ChangeJson.preview(preview, findings(draft(preview.change())));
        });
  }

  private Changes changes() {
    if (changes == null) {
      throw new ChangeFailure.Forbidden("There is no cluster to change.");
    }
    return changes;
  }

  private static UUID id(RoutingContext ctx) {
    return UUID.fromString(Api.checked(ctx, "id", Names::isUuid));
  }

  private static byte[] bytes(RoutingContext ctx) {
    Buffer body = ctx.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
  }

  /** Waits for the cluster and the journal away from the event loop, a few at a time. */
  private void answer(RoutingContext ctx, int status, Callable<byte[]> compute) {
    boolean gzip = Guards.acceptsGzip(ctx);
    gate.pass(() -> vertx.executeBlocking(() -> Answers.body(compute.call(), gzip), false))
        .onSuccess(body -> Answers.send(ctx, status, "application/json", body))
        .onFailure(ctx::fail);
  }
}
