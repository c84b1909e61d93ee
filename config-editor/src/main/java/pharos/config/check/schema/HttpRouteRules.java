package pharos.config.check.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.schema.Durations;

/** An http route of a VirtualService (analysis catalog 6.4.1 to 6.4.4). */
final class HttpRouteRules {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*");

  private HttpRouteRules() {}

  static void apply(Node route, boolean delegateService, Path path, Verdicts verdicts) {
    boolean root = Fields.has(route, "delegate") && !delegateService;
    if (root) {
      String name = Fields.text(route, "name");
      verdicts.errorIf(
          Fields.has(route, "redirect"),
          path.key("redirect"),
          "root HTTP route %s must not specify redirect".formatted(name));
      verdicts.errorIf(
          !Fields.items(route, "route").isEmpty(),
          path.key("route"),
          "root HTTP route %s must not specify route".formatted(name));
    } else {
      actions(route, delegateService, path, verdicts);
    }
    verdicts.errorIf(
        Fields.has(route, "mirror") && !Fields.items(route, "mirrors").isEmpty(),
        path,
        "HTTP route cannot contain both mirror and mirrors");
    List<Node> matches = Fields.items(route, "match");
    for (int i = 0; i < matches.size(); i++) {
      match(matches.get(i), path.key("match").index(i), verdicts);
    }
    HeaderRules.operations(Fields.node(route, "headers"), path.key("headers"), verdicts);
    cors(Fields.node(route, "corsPolicy"), path.key("corsPolicy"), verdicts);
    FaultRules.apply(Fields.node(route, "fault"), path.key("fault"), verdicts);
    mirrors(route, path, verdicts);
    redirect(Fields.node(route, "redirect"), matches, path.key("redirect"), verdicts);
    directResponse(Fields.node(route, "directResponse"), path.key("directResponse"), verdicts);
    RetryRules.apply(Fields.node(route, "retries"), path.key("retries"), verdicts);
    rewrite(Fields.node(route, "rewrite"), path.key("rewrite"), verdicts);
    authority(route, path, verdicts);
    RouteDestinationRules.apply(Fields.items(route, "route"), true, path.key("route"), verdicts);
    verdicts.errorIf(path.key("timeout"), Values.duration(Fields.node(route, "timeout")));
  }

  private static void actions(Node route, boolean delegateService, Path path, Verdicts verdicts) {
    verdicts.errorIf(
        delegateService && Fields.has(route, "delegate"),
        path.key("delegate"),
        "delegate HTTP route cannot contain delegate");
    boolean routes = !Fields.items(route, "route").isEmpty();
    boolean fault = Fields.has(route, "fault");
    boolean rewrite = Fields.has(route, "rewrite");
    boolean direct = Fields.has(route, "directResponse");
    if (Fields.has(route, "redirect")) {
      verdicts.errorIf(routes, path, "HTTP route cannot contain both route and redirect");
      verdicts.errorIf(fault, path, "HTTP route cannot contain both fault and redirect");
      verdicts.errorIf(rewrite, path, "HTTP route rule cannot contain both rewrite and redirect");
      verdicts.errorIf(
          direct, path, "HTTP route rule cannot contain both direct_response and redirect");
    } else if (direct) {
      verdicts.errorIf(routes, path, "HTTP route cannot contain both route and direct_response");
      verdicts.errorIf(fault, path, "HTTP route cannot contain both fault and direct_response");
      verdicts.errorIf(
          rewrite, path, "HTTP route rule cannot contain both rewrite and direct_response");
    } else {
      verdicts.errorIf(!routes, path, "HTTP route, redirect or direct_response is required");
    }
  }

  private static void match(Node match, Path path, Verdicts verdicts) {
    for (Map.Entry<String, Node> header : Fields.entries(match, "headers").entrySet()) {
      Path at = path.key("headers").key(header.getKey());
      verdicts.errorIf(at, HeaderRules.matchName(header.getKey()));
      verdicts.errorIf(at, StringMatches.any(header.getValue(), "headers"));
    }
    for (Map.Entry<String, Node> header : Fields.entries(match, "withoutHeaders").entrySet()) {
      Path at = path.key("withoutHeaders").key(header.getKey());
      verdicts.errorIf(at, HeaderRules.matchName(header.getKey()));
      if (!Fields.text(header.getValue(), "regex").equals("*")) {
        verdicts.errorIf(at, StringMatches.any(header.getValue(), "withoutHeaders"));
      }
    }
    verdicts.errorIf(path.key("uri"), StringMatches.regex(Fields.node(match, "uri"), "uri"));
    for (String field : List.of("scheme", "method", "authority")) {
      verdicts.errorIf(path.key(field), StringMatches.any(Fields.node(match, field), field));
    }
    Fields.entries(match, "queryParams")
        .forEach((name, value) ->
            verdicts.errorIf(
                path.key("queryParams").key(name), StringMatches.any(value, "queryParams")));
    if (Fields.number(match, "port") != 0) {
      verdicts.errorIf(path.key("port"), Names.port(Fields.number(match, "port")));
    }
    Names.labelsMap(Fields.map(match, "sourceLabels"), path.key("sourceLabels"), verdicts);
    GatewayNames.check(
        Fields.texts(match, "gateways"), path.key("gateways"), verdicts.errorsOnly());
    String namespace = Fields.text(match, "sourceNamespace");
    verdicts.errorIf(
        !namespace.isEmpty() && !Names.isLabel(namespace),
        path.key("sourceNamespace"),
        "sourceNamespace match %s is invalid".formatted(namespace));
  }

  private static void cors(@Nullable Node cors, Path path, Verdicts verdicts) {
    for (Node origin : Fields.items(cors, "allowOrigins")) {
      boolean said =
          !Fields.text(origin, "exact").isEmpty()
              || !Fields.text(origin, "prefix").isEmpty()
              || !Fields.text(origin, "regex").isEmpty();
      verdicts.errorIf(
          path.key("allowOrigins"),
          said
              ? StringMatches.regex(origin, "corsPolicy.allowOrigins")
              : "'' is not a valid match type for CORS allow origins");
    }
    for (String method : Fields.texts(cors, "allowMethods")) {
      verdicts.errorIf(
          !METHODS.contains(method),
          path.key("allowMethods"),
          "\"%s\" is not a supported HTTP method".formatted(method));
    }
    for (String field : List.of("allowHeaders", "exposeHeaders")) {
      for (String name : Fields.texts(cors, field)) {
        if (!name.equals("*")) {
          verdicts.errorIf(path.key(field), HeaderRules.plainName(name));
        }
      }
    }
    Node maxAge = Fields.node(cors, "maxAge");
    verdicts.errorIf(path.key("maxAge"), Values.duration(maxAge));
    var nanos = maxAge == null ? null : Durations.nanos(Fields.text(maxAge));
    verdicts.errorIf(
        nanos != null && nanos.remainder(java.math.BigDecimal.valueOf(1_000_000_000)).signum() > 0,
        path.key("maxAge"),
        "max_age duration is accurate only to seconds precision");
  }

  private static void mirrors(Node route, Path path, Verdicts verdicts) {
    long percent = Fields.number(route, "mirrorPercent");
    if (Fields.has(route, "mirrorPercent")) {
      verdicts.errorIf(
          percent > 100,
          path.key("mirrorPercent"),
          "mirror_percent must have a max value of 100 (it has %d)".formatted(percent));
      verdicts.warning(
          path.key("mirrorPercent"),
          "using deprecated setting \"mirrorPercent\", use \"mirrorPercentage\" instead");
    }
    share(
        Fields.node(route, "mirrorPercentage"),
        "mirror_percentage",
        path.key("mirrorPercentage"),
        verdicts);
    RouteDestinationRules.destination(Fields.node(route, "mirror"), path.key("mirror"), verdicts);
    List<Node> mirrors = Fields.items(route, "mirrors");
    for (int i = 0; i < mirrors.size(); i++) {
      Path at = path.key("mirrors").index(i);
      Node destination = Fields.node(mirrors.get(i), "destination");
      if (destination == null) {
        verdicts.error(at, "destination is required for mirrors");
        continue;
      }
      RouteDestinationRules.destination(destination, at.key("destination"), verdicts);
      share(Fields.node(mirrors.get(i), "percentage"), "mirror percentage", at, verdicts);
    }
  }

  private static void share(@Nullable Node percentage, String words, Path path, Verdicts verdicts) {
    double value = Values.decimal(percentage, "value");
    verdicts.errorIf(
        value > 100,
        path,
        "%s must have a max value of 100 (it has %s)".formatted(words, Values.fixed(value)));
    verdicts.errorIf(
        value < 0,
        path,
        "%s must have a min value of 0 (it has %s)".formatted(words, Values.fixed(value)));
  }

  private static void redirect(
      @Nullable Node redirect, List<Node> matches, Path path, Verdicts verdicts) {
    if (redirect == null) {
      return;
    }
    boolean uri = !Fields.text(redirect, "uri").isEmpty();
    boolean prefix = !Fields.text(redirect, "prefixRewrite").isEmpty();
    String scheme = Fields.text(redirect, "scheme");
    long code = Fields.number(redirect, "redirectCode");
    boolean nonPrefix =
        matches.stream()
            .anyMatch(match -> Fields.has(match, "uri") && !Fields.has(match, "uri", "prefix"));
    boolean says =
        uri
            || prefix
            || !scheme.isEmpty()
            || !Fields.text(redirect, "authority").isEmpty()
            || Fields.number(redirect, "port") != 0
            || Fields.has(redirect, "derivePort");
    String wrong = null;
    if (uri && prefix) {
      wrong = "redirect may only specify one of uri or prefix_rewrite";
    } else if (prefix && nonPrefix) {
      wrong = "redirect prefix_rewrite requires all URI matches to use prefix match type";
    } else if (!says) {
      wrong = "redirect must specify URI, authority, scheme, or port";
    } else if (code != 0 && (code < 300 || code > 399)) {
      wrong = "%d is not a valid redirect code, must be 3xx".formatted(code);
    } else if (!scheme.isEmpty() && !scheme.equals("http") && !scheme.equals("https")) {
      wrong = "invalid redirect scheme, must be \"http\" or \"https\"";
    } else if (Fields.number(redirect, "port") > 0) {
      wrong = Names.port(Fields.number(redirect, "port"));
    }
    verdicts.errorIf(path, wrong);
  }

  private static void directResponse(@Nullable Node direct, Path path, Verdicts verdicts) {
    if (direct == null) {
      return;
    }
    verdicts.errorIf(path.key("status"), FaultRules.httpStatus(Fields.number(direct, "status")));
    int size =
        Math.max(
            Fields.text(direct, "body", "string").getBytes(StandardCharsets.UTF_8).length,
            Fields.text(direct, "body", "bytes").length() / 4 * 3);
    verdicts.errorIf(
        size > 1_048_576,
        path.key("body"),
        "large direct_responses may impact control plane performance, must be less than 1MB");
    verdicts.warningIf(
        size > 102_400 && size <= 1_048_576,
        path.key("body"),
        "large direct_responses may impact control plane performance");
  }

  private static void rewrite(@Nullable Node rewrite, Path path, Verdicts verdicts) {
    if (rewrite == null) {
      return;
    }
    boolean uri = !Fields.text(rewrite, "uri").isEmpty();
    Node regex = Fields.node(rewrite, "uriRegexRewrite");
    String wrong = null;
    if (uri && regex != null) {
      wrong = "rewrite may only contain one of URI or UriRegexRewrite";
    } else if (!uri && regex == null && Fields.text(rewrite, "authority").isEmpty()) {
      wrong =
          "rewrite must specify at least one of URI, UriRegexRewrite, or authority. Only one of URI"
              + " or UriRegexRewrite may be specified";
    } else if (regex != null) {
      String match = Fields.text(regex, "match");
      String inner =
          match.isEmpty() || Fields.text(regex, "rewrite").isEmpty()
              ? "UriRegexRewrite requires both Rewrite and Match fields to be specified"
              : Names.regex(match, "HTTPRewrite.UriRegexRewrite.Match");
      wrong = inner == null ? null : "UriRegexRewrite has errors\n" + inner;
    }
    verdicts.errorIf(path, wrong);
  }

  /** Only one of rewrite and header operations may set the authority. */
  private static void authority(Node route, Path path, Verdicts verdicts) {
    List<String> values = new ArrayList<>();
    String rewritten = Fields.text(route, "rewrite", "authority");
    if (!rewritten.isEmpty()) {
      values.add(rewritten);
    }
    for (String operation : List.of("set", "add")) {
      Fields.map(route, "headers", "request", operation)
          .forEach((name, value) -> {
            if (name.equalsIgnoreCase(":authority") || name.equalsIgnoreCase("host")) {
              values.add(value);
            }
          });
    }
    if (values.size() > 1) {
      verdicts.error(
          path,
          "authority header cannot be set multiple times: have \"%s\", attempting to set \"%s\""
              .formatted(values.get(0), values.get(1)));
    }
  }
}
