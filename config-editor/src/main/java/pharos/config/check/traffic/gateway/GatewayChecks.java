package pharos.config.check.traffic.gateway;

import java.util.List;
import pharos.config.check.Check;
import pharos.config.check.MessageType;

/** The checks of this package. */
public final class GatewayChecks {
  private GatewayChecks() {}

  /** Those that run unless others are asked for. */
  public static List<Check> all() {
    return List.of(
        new DuplicateServiceEntryCheck(),
        new GatewayPortCheck(),
        new GatewayServerCheck(),
        new SidecarScopeCheck());
  }

  /** Everything that they say. */
  public static List<MessageType> messages() {
    return List.of(GatewayMessage.values());
  }
}
