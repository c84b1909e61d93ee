package pharos.config.check.traffic.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Rule;

/** Prefix rewrites that leave two slashes, or none (R-HTTP-51). */
final class RewriteCheck implements ObjectCheck {
  @Override
  public String name() {
    return "traffic.RewriteCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE);
  }

  @Override
  public void check(Resource service, MeshView.MeshSettings mesh, Consumer<Finding> findings) {
    Set<String> earlier = new HashSet<>();
    for (Rule rule : Rule.http(service)) {
      String uri = Fields.text(rule.node(), "rewrite", "uri");
      boolean said = uri.isEmpty();
      for (String prefix : prefixes(rule)) {
        // Where /api/ is matched first, /api is left with the paths that do not go on.
        if (!said && prefix.endsWith("/") != uri.endsWith("/") && !earlier.contains(prefix + "/")) {
          report(service, rule, prefix, uri, findings);
          said = true; // one example says it
        }
        earlier.add(prefix);
      }
    }
  }

  private void report(
      Resource service, Rule rule, String prefix, String uri, Consumer<Finding> findings) {
    boolean closed = uri.endsWith("/");
    String request = closed ? prefix + "/x" : prefix + "x";
    new Report(name(), findings)
        .at(
            service,
            rule.path().key("rewrite").key("uri"),
            closed ? RouteMessage.REWRITE_DOUBLE_SLASH : RouteMessage.REWRITE_LOST_SLASH,
            prefix,
            uri,
            request,
            uri + request.substring(prefix.length()));
  }

  /** The prefixes that the rewrite replaces; {@code /} where nothing is asked of the path. */
  private static List<String> prefixes(Rule rule) {
    List<String> prefixes = new ArrayList<>();
    if (rule.matches().isEmpty()) {
      prefixes.add("/");
    }
    for (Node match : rule.matches()) {
      Node uri = Fields.node(match, "uri");
      if (Fields.has(uri, "prefix")) {
        prefixes.add(Fields.text(uri, "prefix"));
      } else if (!Fields.has(uri, "exact") && !Fields.has(uri, "regex")) {
        prefixes.add("/");
      }
    }
    prefixes.removeIf(String::isEmpty);
    return prefixes;
  }
}
