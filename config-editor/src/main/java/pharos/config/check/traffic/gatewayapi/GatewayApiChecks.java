package pharos.config.check.traffic.gatewayapi;

import java.util.List;
import pharos.config.check.Check;
import pharos.config.check.MessageType;

/** The checks of this package. */
public final class GatewayApiChecks {
  private GatewayApiChecks() {}

  /** Those that run unless others are asked for. */
  public static List<Check> all() {
    return List.of(
        new AppProtocolCheck(),
        new ListenerCheck(),
        new RouteReferenceCheck(),
        new RouteRegexCheck(),
        new TargetPortCheck());
  }

  /** Everything that they say. */
  public static List<MessageType> messages() {
    return List.of(GatewayApiMessage.values());
  }
}
