package pharos.config.routing.gatewayapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.Origin;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.routing.effective.Ignored;

/**
 * The filters of a rule (R-GWAPI-17).
 *
 * @param headers null when no filter edits any
 */
record Filters(
    @Nullable HeaderOperations headers,
    HttpRoute.@Nullable Redirect redirect,
    HttpRoute.@Nullable Rewrite rewrite,
    List<HttpRoute.Mirror> mirrors,
    HttpRoute.@Nullable Cors cors) {

  /** Reads the filters of a rule; of two of a type the later one counts, except for mirrors. */
  static Filters ofRule(
      Backends.Rule rule, @Nullable Node node, Path path, Backends backends, Set<Ignored> notes)
      throws RuleRefused {
    HeaderOperations headers = null;
    HttpRoute.Redirect redirect = null;
    HttpRoute.Rewrite rewrite = null;
    HttpRoute.Cors cors = null;
    List<HttpRoute.Mirror> mirrors = new ArrayList<>();
    boolean grpc = rule.route().kind().equals(Kinds.GRPC_ROUTE);
    List<Node> filters = Fields.items(node, "filters");
    for (int i = 0; i < filters.size(); i++) {
      Node filter = filters.get(i);
      Path at = path.key("filters").index(i);
      String type = Fields.text(filter, "type");
      switch (type) {
        case "RequestHeaderModifier", "ResponseHeaderModifier" ->
            headers = withHeaders(headers, type, filter);
        case "RequestMirror" -> {
          HttpRoute.Mirror mirror =
              mirror(rule, Fields.node(filter, "requestMirror"), at, backends, notes);
          if (mirror != null) {
            mirrors.add(mirror);
          }
        }
        case "RequestRedirect" -> {
          refuseInGrpc(grpc, type, at);
          redirect = Redirects.of(Fields.node(filter, "requestRedirect"));
        }
        case "URLRewrite" -> {
          refuseInGrpc(grpc, type, at);
          rewrite = rewrite(Fields.node(filter, "urlRewrite"));
        }
        case "CORS" -> {
          refuseInGrpc(grpc, type, at);
          cors = CorsFilters.of(Fields.node(filter, "cors"));
        }
        default -> throw new RuleRefused(at, "filter type \"" + type + "\" is not supported");
      }
    }
    return new Filters(headers, redirect, rewrite, List.copyOf(mirrors), cors);
  }

  private static void refuseInGrpc(boolean grpc, String type, Path at) throws RuleRefused {
    if (grpc) {
      throw new RuleRefused(at, "filter type \"" + type + "\" is not supported in a GRPCRoute");
    }
  }

  /** The filters of one backend: edits of headers, nothing else. */
  static HeaderOperations ofBackend(List<Node> filters, Path path) throws RuleRefused {
    HeaderOperations headers = HeaderOperations.NONE;
    for (int i = 0; i < filters.size(); i++) {
      String type = Fields.text(filters.get(i), "type");
      if (!type.equals("RequestHeaderModifier") && !type.equals("ResponseHeaderModifier")) {
        throw new RuleRefused(
            path.index(i), "filter type \"" + type + "\" is not supported on a backend");
      }
      headers = withHeaders(headers, type, filters.get(i));
    }
    return headers;
  }

  private static HeaderOperations withHeaders(
      @Nullable HeaderOperations before, String type, Node filter) {
    HeaderOperations headers = before == null ? HeaderOperations.NONE : before;
    return type.equals("RequestHeaderModifier")
        ? new HeaderOperations(
            edits(Fields.node(filter, "requestHeaderModifier")), headers.response())
        : new HeaderOperations(
            headers.request(), edits(Fields.node(filter, "responseHeaderModifier")));
  }

  private static HeaderOperations.Edits edits(@Nullable Node modifier) {
    return new HeaderOperations.Edits(
        values(Fields.items(modifier, "set")),
        values(Fields.items(modifier, "add")),
        Fields.texts(modifier, "remove"));
  }

  /** Names in lower case; of two with the same name the first counts. */
  private static Map<String, String> values(List<Node> headers) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Node header : headers) {
      values.putIfAbsent(
          Fields.text(header, "name").toLowerCase(Locale.ROOT), Fields.text(header, "value"));
    }
    return values;
  }

  /** A mirror that cannot be resolved is left out; in a GRPCRoute it drops all rules. */
  private static HttpRoute.@Nullable Mirror mirror(
      Backends.Rule rule, @Nullable Node mirror, Path at, Backends backends, Set<Ignored> notes)
      throws RuleRefused {
    Node ref = Fields.node(mirror, "backendRef");
    if (ref == null) {
      return null;
    }
    Path path = at.key("requestMirror").key("backendRef");
    Backends.Resolved resolved;
    String failure;
    try {
      resolved = backends.resolve(rule, ref, path);
      failure = resolved.failure();
    } catch (RuleRefused refused) {
      resolved = null;
      failure = refused.reason();
    }
    if (resolved != null && failure == null) {
      return new HttpRoute.Mirror(resolved.destination(), percentage(mirror));
    }
    if (rule.route().kind().equals(Kinds.GRPC_ROUTE)) {
      throw new RuleRefused(path, "mirror: " + failure);
    }
    notes.add(
        new Ignored(
            new Origin(rule.route().key(), path, rule.origin().rule(), -1, null),
            "R-GWAPI-17",
            "nothing is mirrored: " + failure));
    return null;
  }

  /** From a fraction (of 100 when it says no denominator) or a percentage; null for all. */
  private static @Nullable Double percentage(@Nullable Node mirror) {
    if (Fields.has(mirror, "fraction")) {
      double denominator =
          Fields.has(mirror, "fraction", "denominator")
              ? Fields.number(mirror, "fraction", "denominator")
              : 100;
      return denominator == 0
          ? 0
          : 100 * Fields.number(mirror, "fraction", "numerator") / denominator;
    }
    return Fields.has(mirror, "percent") ? (double) Fields.number(mirror, "percent") : null;
  }

  private static HttpRoute.@Nullable Rewrite rewrite(@Nullable Node rewrite) {
    String authority = Fields.text(rewrite, "hostname");
    String uri = "";
    String regex = "";
    String substitution = "";
    switch (Fields.text(rewrite, "path", "type")) {
      case "ReplacePrefixMatch" -> {
        String with = Fields.text(rewrite, "path", "replacePrefixMatch");
        uri = with.endsWith("/") ? with.substring(0, with.length() - 1) : with;
        if (uri.isEmpty()) {
          // Removes the matched prefix and leaves one slash (R-HTTP-52).
          uri = "/";
        }
      }
      case "ReplaceFullPath" -> {
        regex = "/.*";
        substitution = Fields.text(rewrite, "path", "replaceFullPath");
      }
      default -> {}
    }
    return uri.isEmpty() && regex.isEmpty() && authority.isEmpty()
        ? null
        : new HttpRoute.Rewrite(uri, authority, regex, substitution);
  }
}
