package pharos.config.routing.decide;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.StringMatch;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.effective.VirtualHost;

/** A route configuration, ready to be asked. Its hosts are made ready when they are first used. */
final class HttpTable {
  private final RouteConfiguration configuration;
  private final @Nullable String rejected;
  private final DomainIndex<HostTable> hosts;

  HttpTable(RouteConfiguration configuration, Targets targets, Patterns patterns) {
    this.configuration = configuration;
    this.rejected =
        configuration.rejected() == null
            ? rejection(configuration, patterns)
            : configuration.rejected();
    List<HostTable> tables =
        configuration.virtualHosts().stream()
            .map(host -> new HostTable(host, targets, patterns))
            .toList();
    this.hosts = DomainIndex.of(tables, table -> table.host().domains());
  }

  RouteConfiguration configuration() {
    return configuration;
  }

  /** Why the proxy refuses all of it (R-ENV-43), or null. */
  @Nullable String rejected() {
    return rejected;
  }

  /** The one virtual host that answers (R-ENV-4), with the domain that it was found by, or null. */
  DomainIndex.@Nullable Hit<HostTable> host(Facts facts) {
    DomainIndex.Hit<HostTable> withPort =
        facts.host().length() == facts.hostAndPort().length()
            ? null
            : hosts.exactly(facts.hostAndPort());
    return withPort == null ? hosts.find(facts.host()) : withPort;
  }

  /** All that cover the Host, nearest first. */
  List<DomainIndex.Hit<HostTable>> covering(Facts facts) {
    return hosts.covering(facts.host());
  }

  /** One expression that RE2 does not take spoils the configuration. */
  private static @Nullable String rejection(RouteConfiguration configuration, Patterns patterns) {
    for (VirtualHost host : configuration.virtualHosts()) {
      for (RouteEntry entry : host.routes()) {
        String problem = problem(entry, patterns);
        if (problem != null) {
          return "virtual host %s, %s: %s"
              .formatted(
                  host.name(), entry.origin() == null ? entry.name() : entry.origin(), problem);
        }
      }
    }
    return null;
  }

  private static @Nullable String problem(RouteEntry entry, Patterns patterns) {
    RouteMatch match = entry.match();
    String problem =
        match.path() instanceof RouteMatch.Regex regex ? patterns.problem(regex.value()) : null;
    for (RouteMatch.HeaderMatch header : match.headers()) {
      problem = problem == null ? problem(header.value(), patterns) : problem;
    }
    for (RouteMatch.QueryMatch query : match.query()) {
      problem = problem == null ? problem(query.value(), patterns) : problem;
    }
    for (RouteMatch.ClaimMatch claim : match.claims()) {
      problem = problem == null ? problem(claim.value(), patterns) : problem;
    }
    HttpRoute.Cors cors = entry.cors();
    if (cors != null) {
      for (StringMatch origin : cors.allowOrigins()) {
        problem =
            problem == null && origin instanceof StringMatch.Regex regex
                ? patterns.problem(regex.value())
                : problem;
      }
    }
    if (problem == null
        && entry.action() instanceof RouteEntry.Forward forward
        && forward.rewrite().path() instanceof RouteEntry.Substitute substitute) {
      problem = PathRewriter.problem(substitute, patterns);
    }
    return problem;
  }

  private static @Nullable String problem(RouteMatch.ValueMatch value, Patterns patterns) {
    return value instanceof RouteMatch.ValueRegex regex ? patterns.problem(regex.value()) : null;
  }
}
