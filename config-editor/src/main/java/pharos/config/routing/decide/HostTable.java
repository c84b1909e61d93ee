package pharos.config.routing.decide;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.Decision.MatchedRoute;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.VirtualHost;

/** A virtual host, made ready when it is first used. */
final class HostTable {
  private final VirtualHost host;
  private final Targets targets;
  private final Patterns patterns;
  private volatile @Nullable Ready ready;

  /** Routes and what each of them does. */
  private record Ready(RouteTable routes, List<Answer> answers, List<MatchedRoute> names) {
    Ready {
      answers = List.copyOf(answers);
      names = List.copyOf(names);
    }
  }

  HostTable(VirtualHost host, Targets targets, Patterns patterns) {
    this.host = host;
    this.targets = targets;
    this.patterns = patterns;
  }

  VirtualHost host() {
    return host;
  }

  RouteTable routes() {
    return ready().routes;
  }

  Answer answer(int entry) {
    return ready().answers.get(entry);
  }

  MatchedRoute name(int entry) {
    return ready().names.get(entry);
  }

  /** Two threads may make it at once; they make the same. */
  private Ready ready() {
    Ready known = ready;
    if (known == null) {
      RouteTable routes = new RouteTable(host.routes(), patterns);
      List<Answer> answers = new ArrayList<>();
      List<MatchedRoute> names = new ArrayList<>();
      for (RouteEntry entry : host.routes()) {
        answers.add(Answer.of(host, entry, routes.path(answers.size()), targets, patterns));
        names.add(new MatchedRoute(entry.origin(), entry.name()));
      }
      known = new Ready(routes, answers, names);
      ready = known;
    }
    return known;
  }
}
