package pharos.config.check.traffic.route;

import java.util.List;
import pharos.config.check.Check;
import pharos.config.check.MessageType;

/** The checks of this package. */
public final class RouteChecks {
  private RouteChecks() {}

  /** Those that run unless others are asked for. */
  public static List<Check> all() {
    return List.of(
        new FaultCheck(),
        new GatewayMergeCheck(),
        new MatchCheck(),
        new MatchPortCheck(),
        new MissingPortCheck(),
        new RegexSizeCheck(),
        new RetryAmplificationCheck(),
        new RewriteCheck(),
        new ShadowedRuleCheck(),
        new TimeoutCheck(),
        new WeightCheck());
  }

  /** Everything that they say. */
  public static List<MessageType> messages() {
    return List.of(RouteMessage.values());
  }
}
