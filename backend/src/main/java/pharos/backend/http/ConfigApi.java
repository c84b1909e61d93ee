package pharos.backend.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pharos.backend.config.Analyzed;
import pharos.backend.config.Draft;
import pharos.backend.config.DraftReader;
import pharos.backend.config.LiveConfig;
import pharos.backend.http.Api.Endpoint;
import pharos.backend.http.HttpFailure.Kind;
import pharos.backend.traffic.SourceStatus;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Manifest;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/** The mesh's configuration: objects, findings, and what a draft would change. */
final class ConfigApi {
  /** Stands in addresses where an object has no namespace; no namespace can be named so. */
  static final String NO_NAMESPACE = "_";

  private static final String BASE = Api.BASE + "/config";

  private final Vertx vertx;
  private final Gate gate;
  private final LiveConfig config;
  private final Supplier<SourceStatus> status;

  ConfigApi(Vertx vertx, Gate gate, LiveConfig config, Supplier<SourceStatus> status) {
    this.vertx = vertx;
    this.gate = gate;
    this.config = config;
    this.status = status;
  }

  /** Computes an answer away from the event loop. */
  interface Answering {
    void answer(RoutingContext ctx, Callable<byte[]> compute);
  }

  List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>(ownEndpoints());
    all.addAll(new SchemaApi(config, this::answer).endpoints());
    return all;
  }

  private List<Endpoint> ownEndpoints() {
    return List.of(
        Api.get(BASE, this::objects),
        Api.get(BASE + "/findings", this::findings),
        Api.get(BASE + "/{kind}/{namespace}/{name}", this::object),
        new Endpoint("POST", BASE + "/check", "application/json", false, this::check));
  }

  private void objects(RoutingContext ctx) {
    Query query = Query.of(ctx);
    ConfigQuery wanted = ConfigQuery.objects(query);
    query.done();
    answer(ctx, () -> ConfigJson.objects(config.state(), wanted, status.get()));
  }

  private void findings(RoutingContext ctx) {
    Query query = Query.of(ctx);
    ConfigQuery wanted = ConfigQuery.findings(query);
    query.done();
    answer(ctx, () -> ConfigJson.findings(config.state(), wanted, status.get()));
  }

  private void object(RoutingContext ctx) {
    ResourceKey key = key(ctx);
    Query.of(ctx).done();
    answer(
        ctx,
        () -> {
          Analyzed analyzed = config.state();
          Resource live = config.object(analyzed, key);
          String text = Manifest.text(live);
          DocumentReader.Reading reading =
              new DocumentReader(Limits.DEFAULT).read(DraftReader.FILE, text);
          Resource positioned =
              reading.resources().isEmpty() ? live : reading.resources().getFirst();
          return ConfigJson.object(
              analyzed, live, text, positioned, config.references(analyzed), status.get());
        });
  }

  private static ResourceKey key(RoutingContext ctx) {
    String kind = Api.checked(ctx, "kind", name -> KindNames.kind(name) != null);
    String namespace =
        Api.checked(ctx, "namespace", text -> text.equals(NO_NAMESPACE) || Names.isLabel(text));
    String name = Api.checked(ctx, "name", Names::isPathSegment);
    ResourceKey.Kind known = KindNames.kind(kind);
    if (known == null) {
      throw new HttpFailure(Kind.NOT_FOUND, "The path does not name an object.");
    }
    return new ResourceKey(known, namespace.equals(NO_NAMESPACE) ? "" : namespace, name);
  }

  private void check(RoutingContext ctx) {
    Query.of(ctx).done();
    Buffer body = ctx.body().buffer();
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    answer(
        ctx,
        () -> {
          CheckBody asked = CheckBody.of(bytes);
          Draft draft = DraftReader.read(asked.texts(), asked.namespace(), asked.removed());
          return ConfigJson.draft(config.check(draft), asked.everything());
        });
  }

  /** Computes away from the event loop, a few at a time. */
  private void answer(RoutingContext ctx, Callable<byte[]> compute) {
    boolean gzip = Guards.acceptsGzip(ctx);
    Future<Answers.Body> answer =
        gate.pass(() -> vertx.executeBlocking(() -> Answers.body(compute.call(), gzip), false));
    Api.answer(ctx, answer);
  }
}
