package pharos.config.check.traffic.route;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.istio.Durations;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Rule;

/** A timeout that ends the request before its tries are over. */
final class TimeoutCheck implements ObjectCheck {
  @Override
  public String name() {
    return "traffic.TimeoutCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE);
  }

  @Override
  public void check(Resource service, MeshView.MeshSettings mesh, Consumer<Finding> findings) {
    for (Rule rule : Rule.http(service)) {
      Node retries = Fields.node(rule.node(), "retries");
      long attempts = Fields.number(retries, "attempts");
      Duration perTry = Durations.parse(Fields.text(retries, "perTryTimeout"));
      Duration timeout = Durations.parse(Fields.text(rule.node(), "timeout"));
      if (attempts > 0
          && perTry != null
          && timeout != null
          && perTry.isPositive()
          && timeout.isPositive()
          && timeout.dividedBy(perTry) < attempts) {
        new Report(name(), findings)
            .at(
                service,
                rule.path().key("timeout"),
                RouteMessage.TIMEOUT_BELOW_TRIES,
                attempts + 1,
                Fields.text(retries, "perTryTimeout"),
                begun(timeout, perTry),
                Fields.text(rule.node(), "timeout"));
      }
    }
  }

  /** How many tries begin before the timeout when each takes all the time that it may. */
  private static long begun(Duration timeout, Duration perTry) {
    long whole = timeout.dividedBy(perTry);
    return perTry.multipliedBy(whole).equals(timeout) ? whole : whole + 1;
  }
}
