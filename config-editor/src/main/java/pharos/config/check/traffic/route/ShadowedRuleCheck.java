package pharos.config.check.traffic.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.check.schema.SchemaChecks;
import pharos.config.check.traffic.Bindings;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Views;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.VirtualService;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/**
 * Rules and matches from which earlier rules of the same VirtualService take everything. What a
 * delegate has is left out: what of it counts is known with its root alone (R-DEL-7).
 */
final class ShadowedRuleCheck implements ObjectCheck {
  @Override
  public String name() {
    return "traffic.ShadowedRuleCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE);
  }

  @Override
  public void check(Resource object, MeshView.MeshSettings mesh, Consumer<Finding> findings) {
    VirtualService service = Views.of(object, mesh);
    if (service.http().size() < 2 || Bindings.isDelegate(object)) {
      return;
    }
    Report report = new Report(name(), findings);
    // What istioctl finds by comparing texts is not said twice.
    Set<Path> known = SchemaChecks.unreachable(object);
    Hiding search = new Hiding();
    List<Claim> earlier = new ArrayList<>();
    for (HttpRoute rule : service.http()) {
      List<Claim> claims = Claim.of(service, rule);
      if (!known.contains(rule.origin().path())) {
        judge(object, rule, claims, earlier, search, known, report);
      }
      if (rule.delegate() == null) {
        earlier.addAll(claims); // what a delegate leaves goes on to the next rule (R-DEL-5)
      }
    }
  }

  private static void judge(
      Resource object,
      HttpRoute rule,
      List<Claim> claims,
      List<Claim> earlier,
      Hiding search,
      Set<Path> known,
      Report report) {
    List<List<Claim>> hiding =
        claims.stream()
            .map(claim ->
                claim.dead() || known.contains(claim.path())
                    ? List.<Claim>of()
                    : search.hiding(claim, earlier, other -> other.seenWherever(claim)))
            .toList();
    if (hiding.stream().noneMatch(List::isEmpty)) {
      List<Claim> all = hiding.stream().flatMap(List::stream).distinct().toList();
      report.at(
          object,
          rule.origin().path(),
          RouteMessage.SHADOWED_RULE,
          Claim.label(rule.origin().path()),
          Hiding.names(all));
      return;
    }
    for (int i = 0; i < claims.size(); i++) {
      if (!hiding.get(i).isEmpty()) {
        report.at(
            object,
            claims.get(i).path(),
            RouteMessage.SHADOWED_MATCH,
            claims.get(i).label(),
            Hiding.names(hiding.get(i)));
      }
    }
  }
}
