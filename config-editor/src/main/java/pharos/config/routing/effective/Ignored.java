package pharos.config.routing.effective;

import java.util.List;
import pharos.config.istio.view.Origin;

/**
 * An object, or a part of one, that takes no part, and why: hidden by another, not exported, wrong
 * gateway, loses by age, truncated.
 *
 * @param rule id of the rule that says so, for example {@code R-VS-8}
 * @param reason a sentence for people
 * @param hosts the hosts that it is about, exact or wildcards; empty when it is about none in
 *     particular
 */
public record Ignored(Origin origin, String rule, String reason, List<String> hosts) {
  public Ignored {
    hosts = List.copyOf(hosts);
  }

  /** One that is about no host in particular. */
  public Ignored(Origin origin, String rule, String reason) {
    this(origin, rule, reason, List.of());
  }
}
