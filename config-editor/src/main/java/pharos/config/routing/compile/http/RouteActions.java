package pharos.config.routing.compile.http;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.HttpRoute.WeightedDestination;
import pharos.config.istio.view.VirtualService.Dialect;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteEntry.MirrorPolicy;
import pharos.config.routing.effective.RouteEntry.PathRewrite;
import pharos.config.routing.effective.RouteEntry.WeightedCluster;
import pharos.config.routing.effective.RouteMatch;

/** What a rule does with the requests that match (sections 5.3 to 5.11). */
final class RouteActions {
  private final Dialect dialect;
  private final RouteContext context;

  RouteActions(Dialect dialect, RouteContext context) {
    this.dialect = dialect;
    this.context = context;
  }

  /** R-HTTP-25: redirect before direct response before route. */
  RouteEntry.Action of(HttpRoute rule, RouteMatch match) {
    if (rule.redirect() != null) {
      return Redirects.of(rule.redirect(), context);
    }
    if (rule.directResponse() != null) {
      // R-HTTP-35
      return new RouteEntry.DirectResponse(
          rule.directResponse().status(), rule.directResponse().body());
    }
    return forward(rule, match);
  }

  private RouteEntry.Action forward(HttpRoute rule, RouteMatch match) {
    boolean weighted = rule.route().size() > 1; // R-HTTP-43: a single weight means nothing.
    List<WeightedCluster> clusters = new ArrayList<>();
    Set<String> hashKeys = new LinkedHashSet<>();
    for (WeightedDestination destination : rule.route()) {
      if (weighted && destination.weight() <= 0) {
        continue; // R-HTTP-44; a cluster that comes twice counts twice (R-HTTP-45)
      }
      clusters.add(
          new WeightedCluster(
              context.destinations().cluster(destination.destination()),
              weighted ? destination.weight() : 1,
              HeaderEdits.plain(destination.headers()),
              weighted ? HeaderEdits.authority(destination.headers()) : ""));
      hashKeys.addAll(context.destinations().hashKeys(destination.destination())); // R-HTTP-94
    }
    if (clusters.isEmpty()) {
      return new RouteEntry.Invalid(
          rule.route().isEmpty()
              ? "the rule has neither route nor redirect nor directResponse (R-HTTP-25)"
              : "the weights of all destinations are 0 (R-HTTP-44)");
    }
    return new RouteEntry.Forward(
        clusters,
        weighted,
        new RouteEntry.Rewrite(path(rule, match), authority(rule)),
        rule.timeout(), // R-HTTP-58
        RetryPolicies.of(rule.retries(), context.defaultRetries()),
        mirrors(rule),
        dialect == Dialect.GATEWAY_API ? 500 : 503, // R-HTTP-46
        List.copyOf(hashKeys));
  }

  /** R-HTTP-50 to R-HTTP-53. */
  private PathRewrite path(HttpRoute rule, RouteMatch match) {
    HttpRoute.Rewrite rewrite = rule.rewrite();
    if (rewrite == null) {
      return new RouteEntry.KeepPath();
    }
    if (!rewrite.regex().isEmpty()) {
      return new RouteEntry.Substitute(rewrite.regex(), rewrite.substitution());
    }
    if (rewrite.uri().isEmpty()) {
      return new RouteEntry.KeepPath();
    }
    if (dialect == Dialect.GATEWAY_API && rewrite.uri().equals("/")) {
      // R-HTTP-52
      return new RouteEntry.Substitute(
          "^" + Pattern.quote(RouteMatches.prefix(match)) + "/?(.*)", "/\\1");
    }
    return new RouteEntry.ReplaceMatched(rewrite.uri());
  }

  /** R-HTTP-54: the rule's own, else its headers', else those of its only destination. */
  private static String authority(HttpRoute rule) {
    if (rule.rewrite() != null && !rule.rewrite().authority().isEmpty()) {
      return rule.rewrite().authority();
    }
    HeaderOperations headers = rule.headers();
    String named = headers == null ? "" : HeaderEdits.authority(headers);
    return named.isEmpty() && rule.route().size() == 1
        ? HeaderEdits.authority(rule.route().getFirst().headers())
        : named;
  }

  /** R-HTTP-80, R-HTTP-81. */
  private List<MirrorPolicy> mirrors(HttpRoute rule) {
    List<MirrorPolicy> mirrors = new ArrayList<>();
    if (rule.mirror() != null) {
      double percent = 100;
      if (rule.mirrorPercentage() != null) {
        percent = rule.mirrorPercentage();
      } else if (rule.mirrorPercent() != null) {
        percent = rule.mirrorPercent();
      }
      if (percent > 0) {
        mirrors.add(new MirrorPolicy(context.destinations().cluster(rule.mirror()), percent));
      }
    }
    for (HttpRoute.Mirror mirror : rule.mirrors()) {
      double percent = mirror.percentage() == null ? 100 : mirror.percentage();
      if (percent > 0) {
        mirrors.add(
            new MirrorPolicy(context.destinations().cluster(mirror.destination()), percent));
      }
    }
    return mirrors;
  }
}
