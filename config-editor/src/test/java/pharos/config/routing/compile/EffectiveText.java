package pharos.config.routing.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.HttpRoute;
import pharos.config.routing.effective.Cluster;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.effective.VirtualHost;

/** An effective configuration as a person reads it: listeners, then route tables, then the rest. */
final class EffectiveText {
  private final StringBuilder text = new StringBuilder();

  private EffectiveText() {}

  /**
   * The text of a configuration.
   *
   * @param parts which of {@code listeners}, {@code routes}, {@code routes:NAME}, {@code clusters},
   *     {@code cluster:NAME} and {@code ignored}; none means all
   */
  static String of(EffectiveConfig config, List<String> parts) {
    EffectiveText made = new EffectiveText();
    for (String part :
        parts.isEmpty() ? List.of("listeners", "routes", "clusters", "ignored") : parts) {
      switch (part) {
        case "listeners" -> made.listeners(config);
        case "routes" ->
            config.routes().names().forEach(name -> made.routes(config.routes().find(name)));
        case "clusters" ->
            made.line(0, "clusters %s".formatted(String.join(" ", config.clusters().names())));
        case "ignored" -> config.ignored().all().forEach(one -> made.ignored(0, one));
        default -> {
          String name = part.substring(part.indexOf(':') + 1);
          switch (part.substring(0, part.length() - name.length())) {
            case "routes:" -> made.routes(config.routes().find(name));
            case "cluster:" -> made.cluster(name, config.clusters().find(name));
            default -> throw new IllegalArgumentException("no part " + part);
          }
        }
      }
    }
    return made.text.toString();
  }

  private void cluster(String name, @Nullable Cluster cluster) {
    if (cluster == null) {
      line(0, "no cluster %s".formatted(name));
      return;
    }
    line(0, "cluster %s %s to port %d".formatted(name, cluster.type(), cluster.port()));
    cluster
        .endpoints()
        .forEach(one -> line(1, "endpoint %s port %d".formatted(one.address(), one.port())));
    new TreeMap<>(cluster.policy().blocks())
        .forEach((block, value) ->
            line(
                1,
                "%s of %s %s (%s)"
                    .formatted(
                        block,
                        value.source() == null ? "the mesh" : value.source().origin(),
                        value.path(),
                        value.level())));
  }

  private void listeners(EffectiveConfig config) {
    config.listeners().ports().forEach(port -> config.listeners().on(port).forEach(this::listener));
    Listener fallback = config.listeners().fallback();
    if (fallback != null) {
      listener(fallback);
    }
  }

  private void line(int depth, String words) {
    text.append("  ".repeat(depth)).append(words.strip()).append('\n');
  }

  private void listener(Listener listener) {
    line(0, "listener %s%s".formatted(listener.name(), rejected(listener.rejected())));
    for (Listener.Chain chain : listener.chains()) {
      line(
          1,
          "%s -> %s%s"
              .formatted(
                  match(chain.match()),
                  target(chain.target()),
                  chain.origin() == null ? "" : "  # " + chain.origin()));
    }
    if (listener.fallback() != null) {
      line(1, "else -> %s".formatted(target(listener.fallback().target())));
    }
  }

  private static String rejected(@Nullable String reason) {
    return reason == null ? "" : " REJECTED: " + reason;
  }

  private static String match(Listener.Match match) {
    List<String> parts = new ArrayList<>();
    if (!match.serverNames().isEmpty()) {
      parts.add("sni " + String.join(",", match.serverNames()));
    }
    if (!match.destinations().isEmpty()) {
      parts.add("to " + String.join(",", match.destinations()));
    }
    if (match.protocol() != Listener.Protocol.ANY) {
      parts.add(match.protocol().toString().toLowerCase(Locale.ROOT));
    }
    return parts.isEmpty() ? "any" : String.join(" ", parts);
  }

  private static String target(Listener.Target target) {
    return switch (target) {
      case Listener.Http http ->
          "routes " + http.routeConfiguration() + (http.terminatesTls() ? " after TLS" : "");
      case Listener.Tcp tcp ->
          tcp.destinations().stream()
              .map(share ->
                  tcp.destinations().size() == 1
                      ? share.cluster()
                      : share.cluster() + " x" + share.weight())
              .collect(Collectors.joining(", "));
    };
  }

  private void routes(@Nullable RouteConfiguration configuration) {
    if (configuration == null) {
      line(0, "no such routes");
      return;
    }
    line(0, "routes %s%s".formatted(configuration.name(), rejected(configuration.rejected())));
    for (VirtualHost host : configuration.virtualHosts()) {
      line(
          1,
          "host %s%s: %s"
              .formatted(
                  host.name(),
                  host.requireTls() ? " (https only)" : "",
                  String.join(" ", host.domains())));
      host.routes().forEach(this::route);
      host.ignored().forEach(one -> ignored(2, one));
    }
    configuration.ignored().forEach(one -> ignored(1, one));
  }

  private void route(RouteEntry route) {
    line(
        2,
        "%s -> %s%s%s"
            .formatted(
                match(route.match()),
                action(route.action()),
                attached(route),
                (route.name().isEmpty() ? "" : "  [" + route.name() + "]")
                    + (route.origin() == null ? "" : "  # " + route.origin())));
  }

  private static String match(RouteMatch match) {
    List<String> parts = new ArrayList<>();
    parts.add(
        switch (match.path()) {
          case RouteMatch.Exact exact -> "= " + exact.value() + cased(exact.ignoreCase());
          case RouteMatch.Prefix prefix -> prefix.value() + "*" + cased(prefix.ignoreCase());
          case RouteMatch.PathSeparatedPrefix prefix ->
              prefix.value() + "/*" + cased(prefix.ignoreCase());
          case RouteMatch.Regex regex -> "~ " + regex.value();
        });
    match
        .headers()
        .forEach(header ->
            parts.add(
                (header.invert() ? "not " : "")
                    + header.name()
                    + value(header.value())
                    + (header.missingAsEmpty() ? " (absent is empty)" : "")));
    match.query().forEach(query -> parts.add("?" + query.name() + value(query.value())));
    match
        .claims()
        .forEach(claim ->
            parts.add(
                (claim.invert() ? "not " : "")
                    + "claim "
                    + String.join(".", claim.claim())
                    + value(claim.value())));
    return String.join(" and ", parts);
  }

  private static String cased(boolean ignore) {
    return ignore ? " in any case" : "";
  }

  private static String value(RouteMatch.ValueMatch value) {
    return switch (value) {
      case RouteMatch.Present _ -> "";
      case RouteMatch.ValueExact exact -> "=" + exact.value();
      case RouteMatch.ValuePrefix prefix -> "=" + prefix.value() + "*";
      case RouteMatch.ValueRegex regex -> "~" + regex.value();
    };
  }

  private static String action(RouteEntry.Action action) {
    return switch (action) {
      case RouteEntry.Forward forward -> forward(forward);
      case RouteEntry.Redirect redirect ->
          "redirect %d scheme=%s authority=%s port=%d path=%s prefix=%s"
              .formatted(
                  redirect.status(),
                  redirect.scheme(),
                  redirect.authority(),
                  redirect.port(),
                  redirect.path(),
                  redirect.prefixRewrite());
      case RouteEntry.DirectResponse response ->
          "answer " + response.status() + (response.body() == null ? "" : " " + response.body());
      case RouteEntry.Invalid invalid -> "INVALID: " + invalid.reason();
    };
  }

  private static String forward(RouteEntry.Forward forward) {
    StringBuilder text = new StringBuilder();
    for (RouteEntry.WeightedCluster cluster : forward.clusters()) {
      text.append(text.isEmpty() ? "" : ", ").append(cluster.cluster());
      if (forward.weighted()) {
        text.append(" x").append(cluster.weight());
      }
      text.append(edits(cluster.headers()));
      if (!cluster.authority().isEmpty()) {
        text.append(" as ").append(cluster.authority());
      }
    }
    text.append(
        switch (forward.rewrite().path()) {
          case RouteEntry.KeepPath _ -> "";
          case RouteEntry.ReplaceMatched replace -> " rewrite " + replace.with();
          case RouteEntry.Substitute substitute ->
              " rewrite s|" + substitute.regex() + "|" + substitute.with() + "|";
        });
    if (!forward.rewrite().authority().isEmpty()) {
      text.append(" host ").append(forward.rewrite().authority());
    }
    if (forward.timeout() != null) {
      text.append(" timeout ").append(forward.timeout().toMillis()).append("ms");
    }
    RouteEntry.Retries retries = forward.retries();
    text.append(
        retries.retryOn().startsWith("connect-failure,refused-stream,unavailable,cancelled,ret")
                && retries.attempts() == 2
            ? ""
            : retries.attempts() == 0
                ? " no retries"
                : " retries " + retries.attempts() + " on " + retries.retryOn());
    if (retries.perTryTimeout() != null) {
      text.append(" each ").append(retries.perTryTimeout().toMillis()).append("ms");
    }
    forward
        .mirrors()
        .forEach(mirror ->
            text.append(" mirror ")
                .append(mirror.cluster())
                .append(" ")
                .append(mirror.percent())
                .append("%"));
    if (forward.missingClusterStatus() != 503) {
      text.append(" missing ").append(forward.missingClusterStatus());
    }
    if (!forward.hashKeys().isEmpty()) {
      text.append(" hash ").append(forward.hashKeys());
    }
    return text.toString();
  }

  private static String attached(RouteEntry route) {
    StringBuilder text = new StringBuilder(edits(route.headers()));
    HttpRoute.Fault fault = route.fault();
    if (fault != null && fault.delay() != null) {
      text.append(" delay %dms %s%%".formatted(fault.delay().toMillis(), fault.delayPercent()));
    }
    if (fault != null && (fault.abortStatus() != 0 || !fault.abortGrpcStatus().isEmpty())) {
      text.append(
          " abort %d%s %s%%"
              .formatted(fault.abortStatus(), fault.abortGrpcStatus(), fault.abortPercent()));
    }
    HttpRoute.Cors cors = route.cors();
    if (cors != null) {
      text.append(
          " cors %s methods=%s headers=%s expose=%s age=%s%s%s"
              .formatted(
                  cors.allowOrigins(),
                  cors.allowMethods(),
                  cors.allowHeaders(),
                  cors.exposeHeaders(),
                  cors.maxAge(),
                  cors.allowCredentials() ? " credentials" : "",
                  cors.ignoreUnmatchedPreflights() ? " ignores others" : ""));
    }
    return text.toString();
  }

  private static String edits(HeaderOperations headers) {
    return edits(" request", headers.request()) + edits(" response", headers.response());
  }

  private static String edits(String direction, HeaderOperations.Edits edits) {
    return edits.isEmpty()
        ? ""
        : direction
            + (edits.remove().isEmpty() ? "" : " -" + edits.remove())
            + sorted(" =", edits.set())
            + sorted(" +", edits.add());
  }

  private static String sorted(String sign, Map<String, String> values) {
    return values.isEmpty() ? "" : sign + new TreeMap<>(values);
  }

  private void ignored(int depth, Ignored one) {
    line(
        depth,
        "ignored %s%s (%s): %s"
            .formatted(
                one.origin(),
                depth == 1 ? " for " + String.join(" ", one.hosts()) : "",
                one.rule(),
                one.reason()));
  }
}
