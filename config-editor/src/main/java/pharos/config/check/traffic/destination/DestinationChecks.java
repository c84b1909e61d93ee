package pharos.config.check.traffic.destination;

import java.util.List;
import pharos.config.check.Check;
import pharos.config.check.MessageType;

/** The checks of this package. */
public final class DestinationChecks {
  private DestinationChecks() {}

  /** Those that run unless others are asked for. */
  public static List<Check> all() {
    return List.of(
        new DestinationRuleHidingCheck(),
        new DestinationRuleMergeCheck(),
        new EndpointCheck(),
        new OutlierDetectionCheck(),
        new UpstreamTlsCheck());
  }

  /** Everything that they say. */
  public static List<MessageType> messages() {
    return List.of(DestinationMessage.values());
  }
}
