package pharos.backend.route;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Origin;
import pharos.config.resource.ResourceKey;
import pharos.config.routing.Decision.DirectResponse;
import pharos.config.routing.Decision.Explained;
import pharos.config.routing.Decision.FaultPlan;
import pharos.config.routing.Decision.Forward;
import pharos.config.routing.Decision.HeaderChange;
import pharos.config.routing.Decision.LocalReply;
import pharos.config.routing.Decision.MirrorTarget;
import pharos.config.routing.Decision.Outcome;
import pharos.config.routing.Decision.Redirect;
import pharos.config.routing.Decision.Step;
import pharos.config.routing.Decision.Target;
import pharos.config.routing.Proxy;
import pharos.config.routing.Request;

/** A decision for people: what was asked, what happens, and why, step by step. */
final class DecisionText {
  private final PrintStream out;
  private final Places places;

  DecisionText(PrintStream out, Places places) {
    this.out = out;
    this.places = places;
  }

  void print(Question question, Explained explained) {
    out.println(asked(question));
    out.println("from " + proxy(question.from()));
    out.println();
    Outcome outcome = explained.decision().outcome();
    out.println("=> " + headline(outcome));
    for (Target target : Outcomes.destinations(outcome, question.request().port())) {
      out.println("   " + target(target));
    }
    details(outcome, question.request())
        .forEach((name, value) -> out.println("   %-16s %s".formatted(name, value)));
    out.println();
    out.println("why");
    steps(explained.steps());
  }

  private static String asked(Question question) {
    Request request = question.request();
    String to =
        " to port "
            + request.port()
            + (request.ip() == null ? "" : " of " + request.ip())
            + (request.tls()
                ? ", TLS" + (request.sni() == null ? " without SNI" : " for " + request.sni())
                : "");
    String id = question.id().isEmpty() ? "" : question.id() + ": ";
    if (!request.http()) {
      return id
          + "connection"
          + (request.authority().isEmpty() ? "" : " to " + request.authority())
          + to;
    }
    String headers =
        new TreeMap<>(request.headers())
            .entrySet().stream()
                .map(header -> "\n  " + header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining());
    return "%s%s %s://%s%s%s%s"
        .formatted(
            id,
            request.method(),
            request.scheme(),
            request.authority(),
            request.path(),
            to,
            headers);
  }

  private static String proxy(Proxy proxy) {
    String labels =
        new TreeMap<>(proxy.labels())
            .entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(", "));
    return "%s in namespace %s%s"
        .formatted(
            proxy.kind().name().toLowerCase(Locale.ROOT),
            proxy.namespace(),
            labels.isEmpty() ? "" : " with " + labels);
  }

  private static String headline(Outcome outcome) {
    LocalReply reply = Outcomes.reply(outcome);
    String reason = Outcomes.reason(outcome);
    String status =
        reply == null || reply.status() == 0
            ? ""
            : " "
                + reply.status()
                + (reply.responseFlags().isEmpty() ? "" : " " + reply.responseFlags());
    String detail =
        switch (outcome) {
          case Redirect redirect -> " to " + redirect.location();
          case DirectResponse direct when direct.body() != null ->
              " with a body of %d characters".formatted(direct.body().length());
          default -> reason == null ? "" : ": " + reason;
        };
    return Outcomes.word(outcome) + status + detail;
  }

  private static String target(Target target) {
    ResourceKey rule = target.destinationRule();
    String name =
        target.host().isEmpty()
            ? target.cluster()
            : target.host()
                + ":"
                + target.port()
                + (target.subset().isEmpty() ? "" : " subset " + target.subset());
    String state =
        switch (target.failure()) {
          case null ->
              target.endpoints() == 0
                  ? ""
                  : "%d of %d endpoints ready".formatted(target.ready(), target.endpoints());
          case NO_CLUSTER -> "does not exist for this proxy (NC)";
          case NO_HEALTHY_UPSTREAM ->
              "nothing ready behind it (UH), %d endpoints".formatted(target.endpoints());
        };
    return "weight %-4d %s%s%s"
        .formatted(
            target.weight(),
            name,
            state.isEmpty() ? "" : "  " + state,
            rule == null ? "" : "  policy of DestinationRule " + DecisionWriter.name(rule));
  }

  /** What is worth saying beside the destinations, by its name. */
  private static Map<String, String> details(Outcome outcome, Request request) {
    Map<String, String> details = new LinkedHashMap<>();
    if (outcome instanceof Forward forward) {
      if (!forward.request().path().equals(request.path())) {
        details.put("path becomes", forward.request().path());
      }
      if (!forward.request().authority().equals(request.authority())) {
        details.put("Host becomes", forward.request().authority());
      }
      put(details, "request headers", headers(forward.request().headers()));
      put(details, "answer headers", headers(forward.responseHeaders()));
      Duration timeout = forward.timeout();
      details.put("timeout", timeout == null ? "none" : duration(timeout));
      Duration perTry = forward.retries().perTryTimeout();
      details.put(
          "retries",
          forward.retries().attempts() == 0
              ? "none"
              : "%d on %s%s"
                  .formatted(
                      forward.retries().attempts(),
                      forward.retries().retryOn(),
                      perTry == null ? "" : ", " + duration(perTry) + " per try"));
      for (MirrorTarget mirror : forward.mirrors()) {
        details.merge(
            "mirrored",
            "%s %% to %s".formatted(number(mirror.percent()), mirror.target().cluster()),
            (a, b) -> a + "; " + b);
      }
    }
    put(details, "fault", fault(Outcomes.fault(outcome)));
    return details;
  }

  private static void put(Map<String, String> details, String name, String value) {
    if (!value.isEmpty()) {
      details.put(name, value);
    }
  }

  private static String headers(HeaderChange change) {
    List<String> parts = new ArrayList<>();
    change.remove().forEach(name -> parts.add("remove " + name));
    new TreeMap<>(change.set()).forEach((name, value) -> parts.add("set " + name + ": " + value));
    new TreeMap<>(change.add()).forEach((name, value) -> parts.add("add " + name + ": " + value));
    return String.join(", ", parts);
  }

  private static String fault(FaultPlan fault) {
    List<String> parts = new ArrayList<>();
    Duration delay = fault.delay();
    if (delay != null) {
      parts.add("delay %s for %s %%".formatted(duration(delay), number(fault.delayPercent())));
    }
    if (fault.abortPercent() != null) {
      parts.add(
          "abort with %s for %s %%"
              .formatted(
                  fault.abortGrpcStatus() == null
                      ? String.valueOf(fault.abortStatus())
                      : "gRPC status " + fault.abortGrpcStatus(),
                  number(fault.abortPercent())));
    }
    return String.join(", then ", parts);
  }

  private static String number(@Nullable Double value) {
    double exact = value == null ? 0 : value;
    return exact == Math.rint(exact) ? Long.toString((long) exact) : Double.toString(exact);
  }

  private static String duration(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  private void steps(List<Step> steps) {
    int widest = 0;
    for (Step step : steps) {
      widest = Math.max(widest, step.step().length());
    }
    for (Step step : steps) {
      Origin origin = step.origin();
      String place = origin == null ? null : places.of(origin);
      out.println(
          "  %-8s %s %s%s"
              .formatted(
                  step.verdict().name().toLowerCase(Locale.ROOT),
                  step.step() + " ".repeat(widest - step.step().length()),
                  step.subject(),
                  place == null ? "" : " (" + place + ")"));
      out.println("  %s %s %s".formatted(" ".repeat(8), " ".repeat(widest), step.reason()));
    }
  }
}
