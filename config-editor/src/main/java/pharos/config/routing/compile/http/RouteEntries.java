package pharos.config.routing.compile.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.compile.http.RouteContext.Refusal;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteMatch;

/** The route entries that a VirtualService comes to. */
public final class RouteEntries {
  private final VirtualService virtualService;
  private final RouteContext context;
  private final RouteActions actions;
  private final List<RouteEntry> entries = new ArrayList<>();
  private final List<Ignored> ignored = new ArrayList<>();

  private RouteEntries(VirtualService virtualService, RouteContext context) {
    this.virtualService = virtualService;
    this.context = context;
    this.actions = new RouteActions(virtualService.dialect(), context);
  }

  /**
   * Route entries, and the rules and matches that gave none.
   *
   * @param entries in the order of the object (R-HTTP-5); empty counts as no VirtualService
   *     (R-HTTP-10)
   */
  public record Result(List<RouteEntry> entries, List<Ignored> ignored) {
    public Result {
      entries = List.copyOf(entries);
      ignored = List.copyOf(ignored);
    }
  }

  /** Makes the entries of one VirtualService for one proxy, port and gateway. */
  public static Result of(VirtualService virtualService, RouteContext context) {
    RouteEntries made = new RouteEntries(virtualService, context);
    made.addAll();
    return new Result(made.entries, made.ignored);
  }

  /** R-HTTP-1: an entry per match; R-HTTP-7: nothing after the first catch-all. */
  private void addAll() {
    Origin catchAll = null;
    for (HttpRoute rule : virtualService.http()) {
      if (catchAll != null) {
        truncated(rule.origin(), catchAll);
        continue;
      }
      if (rule.match().isEmpty()) {
        entries.add(entry(rule, null));
        catchAll = rule.origin();
        continue;
      }
      for (HttpMatch match : rule.match()) {
        if (catchAll != null) {
          truncated(match.origin(), catchAll);
          continue;
        }
        Refusal refusal = context.sources().refusal(match);
        if (refusal != null) {
          ignored.add(new Ignored(match.origin(), refusal.rule(), refusal.reason()));
          continue;
        }
        RouteEntry entry = entry(rule, match);
        entries.add(entry);
        if (entry.match().catchAll()) {
          catchAll = match.origin();
        }
      }
    }
  }

  private void truncated(Origin origin, Origin catchAll) {
    ignored.add(
        new Ignored(
            origin,
            "R-HTTP-7",
            "comes after %s, which takes every request, so it is never generated"
                .formatted(catchAll)));
  }

  private RouteEntry entry(HttpRoute rule, @Nullable HttpMatch match) {
    RouteMatch condition =
        match == null ? RouteMatch.ANY : RouteMatches.of(match, virtualService.dialect());
    HeaderOperations headers = rule.headers() == null ? HeaderOperations.NONE : rule.headers();
    return new RouteEntry(
        name(rule, match),
        condition,
        actions.of(rule, condition),
        HeaderEdits.plain(headers),
        rule.fault(),
        rule.cors(),
        match == null ? rule.origin() : match.origin());
  }

  /** R-HTTP-6. */
  private static String name(HttpRoute rule, @Nullable HttpMatch match) {
    return match == null || match.name().isEmpty() ? rule.name() : rule.name() + "." + match.name();
  }
}
