package pharos.backend.route;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Origin;
import pharos.config.resource.Kinds;
import pharos.config.resource.ResourceKey;
import pharos.config.routing.Decision;
import pharos.config.routing.Decision.DirectResponse;
import pharos.config.routing.Decision.Explained;
import pharos.config.routing.Decision.Failure;
import pharos.config.routing.Decision.FaultPlan;
import pharos.config.routing.Decision.Forward;
import pharos.config.routing.Decision.HeaderChange;
import pharos.config.routing.Decision.LocalReply;
import pharos.config.routing.Decision.MirrorTarget;
import pharos.config.routing.Decision.Outcome;
import pharos.config.routing.Decision.Redirect;
import pharos.config.routing.Decision.Step;
import pharos.config.routing.Decision.Target;

/** Decisions as JSON: the answer of interfaces 1.2. */
public final class DecisionWriter {
  private DecisionWriter() {}

  /**
   * Writes one answer as an object.
   *
   * @param id of the question; empty is null
   * @param port that the question named, for destinations that have none of their own
   * @param places of objects in files
   */
  public static void write(
      String id, int port, Explained explained, Places places, JsonGenerator json)
      throws IOException {
    Decision decision = explained.decision();
    Outcome outcome = decision.outcome();
    json.writeStartObject();
    text("id", id.isEmpty() ? null : id, json);
    json.writeStringField("outcome", Outcomes.word(outcome));
    LocalReply reply = Outcomes.reply(outcome);
    number("status", reply == null || reply.status() == 0 ? null : reply.status(), json);
    text(
        "responseFlags",
        reply == null || reply.responseFlags().isEmpty() ? null : reply.responseFlags(),
        json);
    text("reason", Outcomes.reason(outcome), json);
    text("listener", decision.listener(), json);
    text("virtualHost", decision.virtualHost(), json);
    route(decision.route(), places, json);
    json.writeArrayFieldStart("destinations");
    for (Target target : Outcomes.destinations(outcome, port)) {
      target(target, json);
    }
    json.writeEndArray();
    request(outcome, json);
    response(outcome, json);
    answer(outcome, json);
    policies(outcome, json);
    json.writeArrayFieldStart("explanation");
    for (Step step : explained.steps()) {
      step(step, places, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void route(
      Decision.@Nullable MatchedRoute route, Places places, JsonGenerator json) throws IOException {
    if (route == null) {
      json.writeNullField("route");
      return;
    }
    Origin origin = route.origin();
    json.writeObjectFieldStart("route");
    text(
        "virtualService",
        origin != null && origin.object().kind().equals(Kinds.VIRTUAL_SERVICE)
            ? name(origin.object())
            : null,
        json);
    number("rule", origin == null || origin.rule() < 0 ? null : origin.rule(), json);
    number("match", origin == null || origin.match() < 0 ? null : origin.match(), json);
    json.writeStringField("name", route.name());
    object(origin, places, json);
    json.writeEndObject();
  }

  private static void object(@Nullable Origin origin, Places places, JsonGenerator json)
      throws IOException {
    if (origin == null) {
      json.writeNullField("object");
      return;
    }
    json.writeObjectFieldStart("object");
    json.writeStringField("kind", origin.object().kind().name());
    json.writeStringField("namespace", origin.object().namespace());
    json.writeStringField("name", origin.object().name());
    json.writeStringField("path", origin.path().toString());
    text("reference", places.of(origin), json);
    Origin delegate = origin.delegate();
    if (delegate != null) {
      json.writeStringField("delegate", delegate.toString());
      text("delegateReference", places.of(delegate), json);
    }
    json.writeEndObject();
  }

  private static void target(Target target, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("cluster", target.cluster());
    text("host", target.host().isEmpty() ? null : target.host(), json);
    number("port", target.port() == 0 ? null : target.port(), json);
    text("subset", target.subset().isEmpty() ? null : target.subset(), json);
    json.writeNumberField("weight", target.weight());
    json.writeNumberField("endpoints", target.endpoints());
    json.writeNumberField("ready", target.ready());
    ResourceKey rule = target.destinationRule();
    text("destinationRule", rule == null ? null : name(rule), json);
    text("failure", failure(target.failure()), json);
    Decision.TargetEdits edits = target.edits();
    if (edits != null) {
      text("authority", edits.authority().isEmpty() ? null : edits.authority(), json);
      headers("requestHeaders", edits.request(), json);
      headers("responseHeaders", edits.response(), json);
    }
    json.writeEndObject();
  }

  static @Nullable String failure(@Nullable Failure failure) {
    return switch (failure) {
      case null -> null;
      case NO_CLUSTER -> "no-cluster";
      case NO_HEALTHY_UPSTREAM -> "no-healthy-upstream";
    };
  }

  private static void request(Outcome outcome, JsonGenerator json) throws IOException {
    if (!(outcome instanceof Forward forward)) {
      json.writeNullField("request");
      return;
    }
    json.writeObjectFieldStart("request");
    json.writeStringField("path", forward.request().path());
    json.writeStringField("authority", forward.request().authority());
    headers("headers", forward.request().headers(), json);
    json.writeEndObject();
  }

  private static void response(Outcome outcome, JsonGenerator json) throws IOException {
    HeaderChange change =
        switch (outcome) {
          case Forward forward -> forward.responseHeaders();
          case Redirect redirect -> redirect.responseHeaders();
          case DirectResponse direct -> direct.responseHeaders();
          default -> null;
        };
    if (change == null) {
      json.writeNullField("response");
      return;
    }
    json.writeObjectFieldStart("response");
    headers("headers", change, json);
    json.writeEndObject();
  }

  private static void headers(String field, HeaderChange change, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(field);
    texts("set", change.set(), json);
    texts("add", change.add(), json);
    json.writeArrayFieldStart("remove");
    for (String name : change.remove()) {
      json.writeString(name);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void texts(String field, Map<String, String> texts, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, String> entry : new TreeMap<>(texts).entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static void answer(Outcome outcome, JsonGenerator json) throws IOException {
    if (outcome instanceof Redirect redirect) {
      json.writeObjectFieldStart("redirect");
      json.writeNumberField("status", redirect.status());
      json.writeStringField("location", redirect.location());
      json.writeEndObject();
    } else {
      json.writeNullField("redirect");
    }
    if (outcome instanceof DirectResponse direct) {
      json.writeObjectFieldStart("directResponse");
      json.writeNumberField("status", direct.status());
      text("body", direct.body(), json);
      json.writeEndObject();
    } else {
      json.writeNullField("directResponse");
    }
  }

  private static void policies(Outcome outcome, JsonGenerator json) throws IOException {
    Forward forward = outcome instanceof Forward one ? one : null;
    json.writeNumberField("timeoutMs", forward == null ? 0 : millis(forward.timeout()));
    if (forward == null) {
      json.writeNullField("retries");
    } else {
      json.writeObjectFieldStart("retries");
      json.writeNumberField("attempts", forward.retries().attempts());
      Duration perTry = forward.retries().perTryTimeout();
      if (perTry == null) {
        json.writeNullField("perTryTimeoutMs");
      } else {
        json.writeNumberField("perTryTimeoutMs", perTry.toMillis());
      }
      json.writeStringField("retryOn", forward.retries().retryOn());
      json.writeEndObject();
    }
    fault(Outcomes.fault(outcome), json);
    json.writeArrayFieldStart("mirrors");
    for (MirrorTarget mirror : forward == null ? List.<MirrorTarget>of() : forward.mirrors()) {
      json.writeStartObject();
      json.writeStringField("cluster", mirror.target().cluster());
      number("percent", mirror.percent(), json);
      text("failure", failure(mirror.target().failure()), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static long millis(@Nullable Duration duration) {
    return duration == null ? 0 : duration.toMillis();
  }

  private static void fault(FaultPlan fault, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("fault");
    Duration delay = fault.delay();
    if (delay == null) {
      json.writeNullField("delayMs");
    } else {
      json.writeNumberField("delayMs", delay.toMillis());
    }
    number("delayPercent", fault.delayPercent(), json);
    number("abortStatus", fault.abortStatus(), json);
    text("abortGrpcStatus", fault.abortGrpcStatus(), json);
    number("abortPercent", fault.abortPercent(), json);
    json.writeEndObject();
  }

  private static void step(Step step, Places places, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("step", step.step());
    json.writeStringField("subject", step.subject());
    json.writeStringField("verdict", step.verdict().name().toLowerCase(Locale.ROOT));
    json.writeStringField("reason", step.reason());
    Origin origin = step.origin();
    String reference = origin == null ? null : places.of(origin);
    if (reference != null) {
      json.writeStringField("reference", reference);
    }
    json.writeEndObject();
  }

  static String name(ResourceKey key) {
    return key.namespace().isEmpty() ? key.name() : key.namespace() + "/" + key.name();
  }

  private static void text(String field, @Nullable String value, JsonGenerator json)
      throws IOException {
    if (value == null) {
      json.writeNullField(field);
    } else {
      json.writeStringField(field, value);
    }
  }

  /** Whole numbers without a fraction. */
  private static void number(String field, @Nullable Number value, JsonGenerator json)
      throws IOException {
    switch (value) {
      case null -> json.writeNullField(field);
      case Integer whole -> json.writeNumberField(field, whole);
      case Number any when any.doubleValue() == any.longValue() ->
          json.writeNumberField(field, any.longValue());
      case Number any -> json.writeNumberField(field, any.doubleValue());
    }
  }
}
