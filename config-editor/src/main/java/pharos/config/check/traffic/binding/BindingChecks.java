package pharos.config.check.traffic.binding;

import java.util.List;
import pharos.config.check.Check;
import pharos.config.check.MessageType;

/** The checks of this package. */
public final class BindingChecks {
  private BindingChecks() {}

  /** Those that run unless others are asked for. */
  public static List<Check> all() {
    return List.of(
        new DelegateCheck(), new HostNameCheck(), new MeshHostOwnerCheck(), new VisibilityCheck());
  }

  /** Everything that they say. */
  public static List<MessageType> messages() {
    return List.of(BindingMessage.values());
  }
}
