package pharos.config.istio.view;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Durations;
import pharos.config.istio.view.VirtualServiceReader.ViewNames;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.ResourceKey;

/** Reads entries of {@code http}. */
final class HttpRouteReader {
  private final ResourceKey object;
  private final ViewNames names;

  HttpRouteReader(ResourceKey object, ViewNames names) {
    this.object = object;
    this.names = names;
  }

  HttpRoute read(Node rule, Path path, int index) {
    Origin origin = Origin.rule(object, path, index);
    Node mirror = Fields.node(rule, "mirror");
    Node percentage = Fields.node(rule, "mirrorPercentage");
    Node headers = Fields.node(rule, "headers");
    return new HttpRoute(
        Fields.text(rule, "name"),
        matches(rule, path, origin),
        RouteParts.destinations(rule, names),
        redirect(Fields.node(rule, "redirect")),
        directResponse(Fields.node(rule, "directResponse")),
        delegate(Fields.node(rule, "delegate")),
        rewrite(Fields.node(rule, "rewrite")),
        duration(rule, "timeout"),
        retries(Fields.node(rule, "retries")),
        fault(Fields.node(rule, "fault")),
        mirror == null ? null : names.destination(mirror),
        // An object without a value is zero percent (R-HTTP-80).
        percentage == null ? null : orZero(RouteParts.decimal(percentage, "value")),
        Fields.has(rule, "mirrorPercent") ? (int) Fields.number(rule, "mirrorPercent") : null,
        mirrors(rule),
        cors(Fields.node(rule, "corsPolicy")),
        headers == null ? null : RouteParts.headers(headers),
        origin);
  }

  private static double orZero(@Nullable Double value) {
    return value == null ? 0 : value;
  }

  private static @Nullable Duration duration(@Nullable Node node, String key) {
    return Durations.parse(Fields.text(node, key));
  }

  private List<HttpMatch> matches(Node rule, Path path, Origin origin) {
    List<Node> nodes = Fields.items(rule, "match");
    List<HttpMatch> matches = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      Node match = nodes.get(i);
      matches.add(
          new HttpMatch(
              Fields.text(match, "name"),
              RouteParts.optionalMatch(match, "uri"),
              Fields.flag(match, "ignoreUriCase"),
              RouteParts.optionalMatch(match, "scheme"),
              RouteParts.optionalMatch(match, "method"),
              RouteParts.optionalMatch(match, "authority"),
              RouteParts.matches(match, "headers"),
              RouteParts.matches(match, "withoutHeaders"),
              RouteParts.matches(match, "queryParams"),
              (int) Fields.number(match, "port"),
              Fields.map(match, "sourceLabels"),
              Fields.text(match, "sourceNamespace"),
              names.gateways(Fields.texts(match, "gateways")),
              origin.at(i, path.key("match").index(i))));
    }
    return matches;
  }

  private static HttpRoute.@Nullable Redirect redirect(@Nullable Node node) {
    return node == null
        ? null
        : new HttpRoute.Redirect(
            Fields.text(node, "uri"),
            Fields.text(node, "prefixRewrite"),
            Fields.text(node, "authority"),
            Fields.text(node, "scheme"),
            (int) Fields.number(node, "port"),
            Fields.text(node, "derivePort"),
            (int) Fields.number(node, "redirectCode"));
  }

  private static HttpRoute.@Nullable DirectResponse directResponse(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    String body = null;
    if (Fields.has(node, "body", "string")) {
      body = Fields.text(node, "body", "string");
    } else if (Fields.has(node, "body", "bytes")) {
      body = decoded(Fields.text(node, "body", "bytes"));
    }
    return new HttpRoute.DirectResponse((int) Fields.number(node, "status"), body);
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return base64; // Refused at admission; shown as it stands.
    }
  }

  private HttpRoute.@Nullable Delegate delegate(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    String namespace = Fields.text(node, "namespace");
    return new HttpRoute.Delegate(
        namespace.isEmpty() ? object.namespace() : namespace, Fields.text(node, "name"));
  }

  private static HttpRoute.@Nullable Rewrite rewrite(@Nullable Node node) {
    return node == null
        ? null
        : new HttpRoute.Rewrite(
            Fields.text(node, "uri"),
            Fields.text(node, "authority"),
            Fields.text(node, "uriRegexRewrite", "match"),
            Fields.text(node, "uriRegexRewrite", "rewrite"));
  }

  /** The same block stands in the MeshConfig. */
  static HttpRoute.@Nullable Retries retries(@Nullable Node node) {
    return node == null
        ? null
        : new HttpRoute.Retries(
            (int) Fields.number(node, "attempts"),
            duration(node, "perTryTimeout"),
            Fields.text(node, "retryOn"),
            Fields.has(node, "retryIgnorePreviousHosts")
                ? Fields.flag(node, "retryIgnorePreviousHosts")
                : null,
            Fields.flag(node, "retryRemoteLocalities"),
            duration(node, "backoff"));
  }

  private static HttpRoute.@Nullable Fault fault(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    Node delay = Fields.node(node, "delay");
    Node abort = Fields.node(node, "abort");
    return new HttpRoute.Fault(
        duration(delay, "fixedDelay"),
        // R-HTTP-66: the deprecated integer counts only without the new field.
        Fields.has(delay, "percentage")
            ? orZero(RouteParts.decimal(delay, "percentage", "value"))
            : Fields.number(delay, "percent"),
        (int) Fields.number(abort, "httpStatus"),
        Fields.text(abort, "grpcStatus"),
        orZero(RouteParts.decimal(abort, "percentage", "value")));
  }

  private List<HttpRoute.Mirror> mirrors(Node rule) {
    List<HttpRoute.Mirror> mirrors = new ArrayList<>();
    for (Node node : Fields.items(rule, "mirrors")) {
      Node destination = Fields.node(node, "destination");
      if (destination != null) {
        Node percentage = Fields.node(node, "percentage");
        mirrors.add(
            new HttpRoute.Mirror(
                names.destination(destination),
                percentage == null ? null : orZero(RouteParts.decimal(percentage, "value"))));
      }
    }
    return mirrors;
  }

  private static HttpRoute.@Nullable Cors cors(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    List<StringMatch> origins = new ArrayList<>();
    Fields.items(node, "allowOrigins").forEach(one -> origins.add(RouteParts.match(one)));
    if (origins.isEmpty()) {
      // R-HTTP-72: the deprecated list counts only without the new one.
      Fields.texts(node, "allowOrigin").forEach(one -> origins.add(new StringMatch.Exact(one)));
    }
    return new HttpRoute.Cors(
        origins,
        Fields.texts(node, "allowMethods"),
        Fields.texts(node, "allowHeaders"),
        Fields.texts(node, "exposeHeaders"),
        duration(node, "maxAge"),
        Fields.flag(node, "allowCredentials"),
        Fields.text(node, "unmatchedPreflights").equals("IGNORE"));
  }
}
