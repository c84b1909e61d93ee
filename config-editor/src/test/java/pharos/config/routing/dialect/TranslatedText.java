package pharos.config.routing.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.Gateway;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.StreamRoute;
import pharos.config.istio.view.StringMatch;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.effective.Ignored;

/** Translated views as text that a person can check against the rules. */
final class TranslatedText {
  private final StringBuilder text = new StringBuilder();

  private TranslatedText() {}

  static String of(Translated translated) {
    TranslatedText out = new TranslatedText();
    for (Gateway gateway : translated.gateways()) {
      out.gateway(gateway, translated.managed().contains(gateway.name()));
    }
    translated.virtualServices().forEach(out::virtualService);
    for (Ignored ignored : translated.ignored()) {
      out.line(
          0,
          "ignored %s %s [%s] %s"
              .formatted(
                  ignored.rule(),
                  ignored.origin().object().origin(),
                  ignored.origin().path(),
                  ignored.reason()));
    }
    return out.text.toString();
  }

  private void line(int depth, String line) {
    text.append("  ".repeat(depth)).append(line).append('\n');
  }

  private void gateway(Gateway gateway, boolean managed) {
    line(0, "gateway " + gateway.name() + " from " + gateway.key().origin());
    line(
        1,
        gateway.services() == null
            ? "pods " + new TreeMap<>(gateway.selector())
            : "services " + String.join(", ", gateway.services()) + (managed ? " (managed)" : ""));
    for (Gateway.Server server : gateway.servers()) {
      Gateway.Tls tls = server.tls();
      line(
          1,
          "%d %s %s hosts %s%s"
              .formatted(
                  server.port(),
                  server.protocol(),
                  server.portName(),
                  String.join(", ", server.hosts()),
                  tls == null
                      ? ""
                      : (" tls " + tls.mode() + " " + tls.credentialName()).stripTrailing()));
    }
  }

  private void virtualService(VirtualService service) {
    line(
        0,
        "%s for %s on %s from %s"
            .formatted(
                service.dialect(),
                String.join(", ", service.hosts()),
                String.join(", ", service.gateways()),
                service.key().origin()));
    service.http().forEach(this::http);
    service.tls().forEach(route -> stream("tls", route));
    service.tcp().forEach(route -> stream("tcp", route));
  }

  private void http(HttpRoute rule) {
    String when = rule.match().isEmpty() ? "always" : "when " + String.join(" or ", matches(rule));
    line(1, "%s %s (%s)".formatted(rule.name(), when, rule.origin()).strip());
    rule.route().forEach(destination -> destination("to", destination));
    redirect(rule.redirect());
    if (rule.directResponse() != null) {
      line(2, "answer " + rule.directResponse().status());
    }
    HttpRoute.Rewrite rewrite = rule.rewrite();
    if (rewrite != null) {
      line(
          2,
          "rewrite"
              + named(" uri ", rewrite.uri())
              + named(" authority ", rewrite.authority())
              + named(" regex ", rewrite.regex())
              + named(" with ", rewrite.substitution()));
    }
    headers(rule.headers(), 2);
    for (HttpRoute.Mirror mirror : rule.mirrors()) {
      line(
          2,
          "mirror to %s %s"
              .formatted(
                  destination(mirror.destination()),
                  mirror.percentage() == null ? "always" : mirror.percentage() + "%"));
    }
    if (rule.timeout() != null) {
      line(2, "timeout " + rule.timeout());
    }
    HttpRoute.Retries retries = rule.retries();
    if (retries != null) {
      line(
          2,
          "retries %d on [%s]%s%s"
              .formatted(
                  retries.attempts(),
                  retries.retryOn(),
                  retries.perTryTimeout() == null ? "" : " each " + retries.perTryTimeout(),
                  retries.backoff() == null ? "" : " backoff " + retries.backoff()));
    }
    HttpRoute.Cors cors = rule.cors();
    if (cors != null) {
      line(
          2,
          "cors origins %s methods %s headers %s expose %s max age %s%s%s"
              .formatted(
                  cors.allowOrigins().stream().map(TranslatedText::condition).toList(),
                  cors.allowMethods(),
                  cors.allowHeaders(),
                  cors.exposeHeaders(),
                  cors.maxAge(),
                  cors.allowCredentials() ? " credentials" : "",
                  cors.ignoreUnmatchedPreflights() ? " unmatched preflights answered" : ""));
    }
  }

  private static List<String> matches(HttpRoute rule) {
    List<String> texts = new ArrayList<>();
    for (HttpMatch match : rule.match()) {
      List<String> parts = new ArrayList<>();
      if (match.uri() != null) {
        parts.add("uri " + condition(match.uri()));
      }
      if (match.method() != null) {
        parts.add("method " + condition(match.method()));
      }
      conditions("header", match.headers(), parts);
      conditions("query", match.queryParams(), parts);
      if (match.port() != 0) {
        parts.add("port " + match.port());
      }
      texts.add(parts.isEmpty() ? "anything" : String.join(", ", parts));
    }
    return texts;
  }

  private static void conditions(String what, Map<String, StringMatch> map, List<String> parts) {
    new TreeMap<>(map)
        .forEach((name, value) -> parts.add(what + " " + name + " " + condition(value)));
  }

  private static String condition(StringMatch match) {
    return switch (match) {
      case StringMatch.Exact exact -> "= " + exact.value();
      case StringMatch.Prefix prefix -> "^ " + prefix.value();
      case StringMatch.Regex regex -> "~ " + regex.value();
      case StringMatch.Any _ -> "present";
    };
  }

  private void stream(String kind, StreamRoute route) {
    List<String> conditions = new ArrayList<>();
    for (StreamRoute.Match match : route.match()) {
      conditions.add(
          (match.sniHosts().isEmpty() ? "" : "sni " + String.join(", ", match.sniHosts()) + " ")
              + (match.port() == 0 ? "" : "port " + match.port()));
    }
    line(
        1,
        "%s %s (%s)"
            .formatted(
                kind,
                conditions.isEmpty() ? "always" : "when " + String.join(" or ", conditions).strip(),
                route.origin()));
    route.route().forEach(destination -> destination("to", destination));
  }

  private void destination(String verb, HttpRoute.WeightedDestination destination) {
    line(
        2,
        verb
            + " "
            + destination(destination.destination())
            + (destination.weight() == 0 ? "" : " weight " + destination.weight()));
    headers(destination.headers(), 3);
  }

  private static String destination(Destination destination) {
    return destination.host().isEmpty()
        ? "UnknownService"
        : destination.host()
            + named(" subset ", destination.subset())
            + " port "
            + destination.port();
  }

  private void redirect(HttpRoute.@Nullable Redirect redirect) {
    if (redirect != null) {
      line(
          2,
          "redirect "
              + redirect.code()
              + named(" scheme ", redirect.scheme())
              + named(" authority ", redirect.authority())
              + (redirect.port() == 0 ? "" : " port " + redirect.port())
              + named(" port ", redirect.derivePort())
              + named(" uri ", redirect.uri())
              + named(" prefix ", redirect.prefixRewrite()));
    }
  }

  private void headers(@Nullable HeaderOperations headers, int depth) {
    if (headers != null) {
      edits("request", headers.request(), depth);
      edits("response", headers.response(), depth);
    }
  }

  private void edits(String direction, HeaderOperations.Edits edits, int depth) {
    if (!edits.isEmpty()) {
      line(
          depth,
          "%s headers set %s add %s remove %s"
              .formatted(
                  direction,
                  new TreeMap<>(edits.set()),
                  new TreeMap<>(edits.add()),
                  edits.remove()));
    }
  }

  private static String named(String name, String value) {
    return value.isEmpty() ? "" : name + value;
  }
}
