package pharos.config.routing.decide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.Decision;
import pharos.config.routing.Decision.Explained;
import pharos.config.routing.Decision.FaultPlan;
import pharos.config.routing.Decision.Forward;
import pharos.config.routing.Decision.HeaderChange;
import pharos.config.routing.Decision.Target;
import pharos.config.routing.Proxy;
import pharos.config.routing.Request;

/**
 * Requests and answers as lines that people read.
 *
 * <p>A request: {@code default[app=a] GET reviews:9080/x end-user: jason}. The proxy is a namespace
 * for a sidecar, {@code gw}, {@code gw:ns} or {@code waypoint:ns}, with labels if wanted; {@code
 * TCP} and {@code TLS} are connections without HTTP; {@code https://} means TLS to a gateway, with
 * the host as SNI. {@code port=}, {@code ip=}, {@code sni=} and {@code claim:} override; headers
 * are {@code name: value}, divided by {@code ;}.
 *
 * <p>An answer: {@code 404 NR}, {@code redirect 301 …}, {@code direct 200 …}, {@code passthrough},
 * or clusters ({@code .svc} stands for {@code .svc.cluster.local}), then what differs from the
 * defaults: path, host, header edits, timeout, retries, fault, mirrors.
 */
final class DecisionLine {
  private static final String DEFAULT_RETRIES =
      "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes";
  private static final Pattern REQUEST =
      Pattern.compile("([\\w:.-]+)(?:\\[([^\\]]*)\\])? ([A-Z]+) (\\S+)(?: (.*))?");

  private DecisionLine() {}

  /** Who asks what. */
  record Asked(Proxy from, Request request) {}

  static Asked asked(String line) {
    Matcher parts = REQUEST.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("cannot be read: " + line);
    }
    String[] from = parts.group(1).split(":", 2);
    Map<String, String> labels = new HashMap<>();
    boolean gateway = from[0].equals("gw");
    boolean waypoint = from[0].equals("waypoint");
    if (gateway) {
      labels.put("istio", "ingressgateway");
      labels.put("app", "istio-ingressgateway");
    }
    if (parts.group(2) != null && !parts.group(2).isEmpty()) {
      labels.clear();
      for (String label : parts.group(2).split(",", -1)) {
        String[] pair = label.split("=", 2);
        labels.put(pair[0], pair[1]);
      }
    }
    Proxy proxy =
        new Proxy(
            gateway ? Proxy.Kind.GATEWAY : waypoint ? Proxy.Kind.WAYPOINT : Proxy.Kind.SIDECAR,
            gateway || waypoint ? (from.length > 1 ? from[1] : "istio-system") : from[0],
            labels,
            List.of(),
            "");
    return new Asked(proxy, request(parts.group(3), parts.group(4), parts.group(5)));
  }

  private static Request request(String method, String url, @Nullable String rest) {
    boolean tls = url.startsWith("https://") || method.equals("TLS");
    String address = url.replaceFirst("^https?://", "");
    int slash = address.indexOf('/');
    String authority = slash < 0 ? address : address.substring(0, slash);
    boolean http = !method.equals("TCP") && !method.equals("TLS");
    String path = http ? (slash < 0 ? "/" : address.substring(slash)) : "";
    Map<String, String> options = new HashMap<>();
    Map<String, String> headers = new HashMap<>();
    Map<String, List<String>> claims = new HashMap<>();
    for (String part : rest == null || rest.isBlank() ? new String[0] : rest.split("; *", -1)) {
      Matcher option = Pattern.compile("(port|ip|sni|tls)=(\\S*)").matcher(part.strip());
      if (option.matches()) {
        options.put(option.group(1), option.group(2));
        continue;
      }
      String[] pair = part.split(":", 2);
      String name = pair[0].strip();
      String value = pair[1].strip();
      if (name.startsWith("claim ")) {
        claims.put(name.substring(6), List.of(value.split(",", -1)));
      } else {
        headers.put(name, value);
      }
    }
    tls = options.containsKey("tls") ? options.get("tls").equals("true") : tls;
    Matcher named = Pattern.compile("(.*):(\\d+)").matcher(authority);
    boolean hasPort = named.matches();
    String host = hasPort ? named.group(1) : authority;
    int port = hasPort ? Integer.parseInt(named.group(2)) : tls ? 443 : 80;
    if (options.containsKey("port")) {
      port = Integer.parseInt(options.get("port"));
    }
    String sni = options.getOrDefault("sni", tls ? host : "");
    return new Request(
        port,
        options.get("ip"),
        sni.isEmpty() ? null : sni,
        tls,
        tls ? "https" : "http",
        http ? method : "",
        authority.equals("-") ? "" : authority,
        path,
        headers,
        claims);
  }

  /**
   * The answer in one line.
   *
   * @param expected may ask for more: {@code in} a virtual host, {@code by} a rule
   */
  static String answered(Asked asked, Explained explained, String expected) {
    Decision decision = explained.decision();
    StringBuilder line = new StringBuilder(outcome(asked, decision));
    if (expected.contains(" in ")) {
      line.append(" in ").append(shortened(String.valueOf(decision.virtualHost())));
    }
    if (expected.contains(" by ")) {
      Decision.MatchedRoute route = decision.route();
      line.append(" by ")
          .append(
              route == null
                  ? "nothing"
                  : route.origin() == null ? route.name() : route.origin().toString());
    }
    return line.toString();
  }

  private static String outcome(Asked asked, Decision decision) {
    return switch (decision.outcome()) {
      case Forward forward -> forward(asked.request(), forward);
      case Decision.Redirect redirect ->
          "redirect %d %s%s"
              .formatted(
                  redirect.status(),
                  redirect.location(),
                  headers(" answer", redirect.responseHeaders()));
      case Decision.DirectResponse direct ->
          "direct %d%s%s%s"
              .formatted(
                  direct.status(),
                  direct.body() == null ? "" : " " + direct.body(),
                  headers(" answer", direct.responseHeaders()),
                  fault(direct.fault()));
      case Decision.NotFound notFound ->
          notFound.reply().status() + " " + notFound.reply().responseFlags();
      case Decision.TcpForward tcp -> "tcp " + targets(tcp.destinations());
      case Decision.Passthrough passthrough ->
          passthrough.cluster().equals("PassthroughCluster")
              ? "passthrough"
              : "passthrough " + passthrough.cluster();
      case Decision.Blackhole blackhole ->
          blackhole.status() == 0 ? "blackhole" : "blackhole " + blackhole.status();
      case Decision.NoListener _ -> "no-listener";
      case Decision.TlsMismatch _ -> "tls-mismatch";
      case Decision.RejectedConfig _ -> "rejected";
    };
  }

  private static String forward(Request request, Forward forward) {
    StringBuilder line = new StringBuilder(targets(forward.destinations()));
    if (forward.localReply() != null && forward.localReply().status() != 503) {
      line.append(' ').append(forward.localReply().status());
    }
    if (!forward.request().path().equals(request.path())) {
      line.append(" path ").append(forward.request().path());
    }
    if (!forward.request().authority().equals(request.authority())) {
      line.append(" host ").append(forward.request().authority());
    }
    line.append(headers("", forward.request().headers()));
    line.append(headers(" answer", forward.responseHeaders()));
    if (forward.timeout() != null) {
      line.append(" timeout ").append(duration(forward.timeout()));
    }
    Decision.RetryPlan retries = forward.retries();
    if (retries.attempts() == 0) {
      line.append(" retries 0");
    } else if (retries.attempts() != 2 || !retries.retryOn().equals(DEFAULT_RETRIES)) {
      line.append(" retries ").append(retries.attempts());
      line.append(retries.retryOn().equals(DEFAULT_RETRIES) ? "" : " on " + retries.retryOn());
    }
    if (retries.perTryTimeout() != null) {
      line.append(" each ").append(duration(retries.perTryTimeout()));
    }
    line.append(fault(forward.fault()));
    forward
        .mirrors()
        .forEach(mirror ->
            line.append(" mirror ")
                .append(number(mirror.percent()))
                .append("% ")
                .append(targets(List.of(mirror.target()))));
    return line.toString();
  }

  private static String targets(List<Target> targets) {
    List<String> texts = new ArrayList<>();
    for (Target target : targets) {
      String edits =
          target.edits() == null
              ? ""
              : " (%s)"
                  .formatted(
                      (headers("", target.edits().request())
                              + headers(" answer", target.edits().response())
                              + (target.edits().authority().isEmpty()
                                  ? ""
                                  : " host " + target.edits().authority()))
                          .strip());
      String failure =
          switch (target.failure()) {
            case null -> "";
            case NO_CLUSTER -> " NC";
            case NO_HEALTHY_UPSTREAM -> " UH";
          };
      texts.add(
          (targets.size() == 1 ? "" : target.weight() + " ")
              + shortened(target.cluster())
              + edits
              + failure);
    }
    return String.join(", ", texts);
  }

  private static String shortened(String text) {
    return text.replace(".svc.cluster.local", ".svc");
  }

  private static String headers(String prefix, HeaderChange change) {
    StringBuilder text = new StringBuilder();
    change.remove().stream()
        .sorted()
        .forEach(name -> text.append(prefix).append(" -").append(name));
    new TreeMap<>(change.set())
        .forEach((name, value) ->
            text.append(prefix).append(" ").append(name).append("=").append(value));
    new TreeMap<>(change.add())
        .forEach((name, value) ->
            text.append(prefix).append(" ").append(name).append("+=").append(value));
    return text.toString();
  }

  private static String fault(FaultPlan fault) {
    String text = "";
    if (fault.delay() != null) {
      text += " delay " + duration(fault.delay()) + " " + number(fault.delayPercent()) + "%";
    }
    if (fault.abortPercent() != null) {
      text +=
          " abort "
              + (fault.abortGrpcStatus() == null ? fault.abortStatus() : fault.abortGrpcStatus())
              + " "
              + number(fault.abortPercent())
              + "%";
    }
    return text;
  }

  private static String number(@Nullable Double value) {
    double exact = value == null ? 0 : value;
    return exact == Math.rint(exact) ? Long.toString((long) exact) : Double.toString(exact);
  }

  private static String duration(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  /** All reasons of an explanation, for {@code why} in an expectation. */
  static String reasons(Explained explained) {
    return explained.steps().stream()
        .map(step -> step.verdict() + " " + step.subject() + " " + step.reason())
        .collect(Collectors.joining("\n"));
  }
}
