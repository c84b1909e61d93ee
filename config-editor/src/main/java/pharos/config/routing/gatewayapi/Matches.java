package pharos.config.routing.gatewayapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.StringMatch;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Matches of HTTPRoutes (R-GWAPI-12) and GRPCRoutes (R-GWAPI-30). */
final class Matches {
  private Matches() {}

  /**
   * A match of an HTTPRoute.
   *
   * @param match null for the one that the API server adds to a rule without matches
   */
  static HttpMatch http(@Nullable Node match, Origin origin) throws RuleRefused {
    StringMatch method =
        Fields.has(match, "method") ? new StringMatch.Exact(Fields.text(match, "method")) : null;
    return match(
        path(Fields.node(match, "path"), origin.path()),
        method,
        values(Fields.items(match, "headers"), origin.path().key("headers")),
        values(Fields.items(match, "queryParams"), origin.path().key("queryParams")),
        origin);
  }

  /** A match of a GRPCRoute. */
  static HttpMatch grpc(Node match, Origin origin) throws RuleRefused {
    return match(
        call(Fields.node(match, "method"), origin.path()),
        null,
        values(Fields.items(match, "headers"), origin.path().key("headers")),
        Map.of(),
        origin);
  }

  /** A match of the port alone, for a rule without matches of a route bound to a Service's port. */
  static HttpMatch portOnly(int port, Origin origin) {
    return withPort(match(null, null, Map.of(), Map.of(), origin), port);
  }

  /** The same match for one port of a Service (R-GWAPI-25). */
  static HttpMatch withPort(HttpMatch match, int port) {
    return new HttpMatch(
        match.name(),
        match.uri(),
        match.ignoreUriCase(),
        match.scheme(),
        match.method(),
        match.authority(),
        match.headers(),
        match.withoutHeaders(),
        match.queryParams(),
        port,
        match.sourceLabels(),
        match.sourceNamespace(),
        match.gateways(),
        match.origin());
  }

  private static HttpMatch match(
      @Nullable StringMatch uri,
      @Nullable StringMatch method,
      Map<String, StringMatch> headers,
      Map<String, StringMatch> queryParams,
      Origin origin) {
    return new HttpMatch(
        "",
        uri,
        false,
        null,
        method,
        null,
        headers,
        Map.of(),
        queryParams,
        0,
        Map.of(),
        "",
        List.of(),
        origin);
  }

  private static StringMatch path(@Nullable Node path, Path at) throws RuleRefused {
    String value = Fields.has(path, "value") ? Fields.text(path, "value") : "/";
    String type = Fields.has(path, "type") ? Fields.text(path, "type") : "PathPrefix";
    return switch (type) {
      case "PathPrefix" ->
          new StringMatch.Prefix(
              value.length() > 1 && value.endsWith("/")
                  ? value.substring(0, value.length() - 1)
                  : value);
      case "Exact" -> new StringMatch.Exact(value);
      case "RegularExpression" -> new StringMatch.Regex(value);
      default ->
          throw new RuleRefused(
              at.key("path").key("type"), "path match type \"" + type + "\" is not supported");
    };
  }

  /** Conditions by name as written; of two with the same name the last one counts. */
  private static Map<String, StringMatch> values(List<Node> conditions, Path at)
      throws RuleRefused {
    Map<String, StringMatch> values = new LinkedHashMap<>();
    for (int i = 0; i < conditions.size(); i++) {
      Node condition = conditions.get(i);
      String type = Fields.has(condition, "type") ? Fields.text(condition, "type") : "Exact";
      String value = Fields.text(condition, "value");
      values.put(
          Fields.text(condition, "name"),
          switch (type) {
            case "Exact" -> new StringMatch.Exact(value);
            case "RegularExpression" -> new StringMatch.Regex(value);
            default ->
                throw new RuleRefused(
                    at.index(i).key("type"), "match type \"" + type + "\" is not supported");
          });
    }
    return values;
  }

  /** A call is {@code POST /service/method}; null matches every call. */
  private static @Nullable StringMatch call(@Nullable Node call, Path at) throws RuleRefused {
    if (call == null) {
      return null;
    }
    String service = Fields.text(call, "service");
    String method = Fields.text(call, "method");
    if (service.isEmpty() && method.isEmpty()) {
      throw new RuleRefused(at.key("method"), "a method match needs a service or a method");
    }
    String type = Fields.has(call, "type") ? Fields.text(call, "type") : "Exact";
    return switch (type) {
      case "Exact" -> {
        if (method.isEmpty()) {
          yield new StringMatch.Prefix("/" + service + "/");
        }
        yield service.isEmpty()
            ? new StringMatch.Regex("/[^/]+/" + method)
            : new StringMatch.Exact("/" + service + "/" + method);
      }
      case "RegularExpression" ->
          new StringMatch.Regex(
              "/"
                  + (service.isEmpty() ? "[^/]+" : service)
                  + "/"
                  + (method.isEmpty() ? ".+" : method));
      default ->
          throw new RuleRefused(
              at.key("method").key("type"), "method match type \"" + type + "\" is not supported");
    };
  }
}
