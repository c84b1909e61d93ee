package pharos.config.check.traffic.route;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Rule;
import pharos.config.istio.GuardedRegex;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/**
 * Regular expressions that istiod accepts and proxies refuse, because they become too large. What
 * is no RE2 at all is refused at admission.
 */
final class RegexSizeCheck implements ObjectCheck {
  @Override
  public String name() {
    return "traffic.RegexSizeCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE);
  }

  @Override
  public void check(Resource service, MeshView.MeshSettings mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    for (Rule rule : Rule.http(service)) {
      search(service, rule.node(), rule.path(), report);
    }
  }

  private static void search(Resource service, Node node, Path path, Report report) {
    switch (node) {
      case Node.Mapping mapping ->
          mapping
              .entries()
              .forEach((key, entry) -> {
                Path at = path.key(key);
                if (key.equals("regex")) {
                  judge(service, entry.value(), at, report);
                } else if (key.equals("uriRegexRewrite")) {
                  judge(service, entry.value().get("match"), at.key("match"), report);
                } else {
                  search(service, entry.value(), at, report);
                }
              });
      case Node.Sequence sequence -> {
        List<Node> items = sequence.items();
        for (int i = 0; i < items.size(); i++) {
          search(service, items.get(i), path.index(i), report);
        }
      }
      case Node.Scalar _ -> {}
    }
  }

  private static void judge(Resource service, @Nullable Node regex, Path path, Report report) {
    if (regex instanceof Node.Scalar scalar
        && GuardedRegex.compile(scalar.text()) instanceof GuardedRegex.TooLarge large) {
      report.at(service, path, RouteMessage.REGEX_TOO_LARGE, large.size(), GuardedRegex.MAX_SIZE);
    }
  }
}
