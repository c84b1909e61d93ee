package pharos.config.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import pharos.config.check.authoring.AuthoringChecks;
import pharos.config.check.traffic.binding.BindingChecks;
import pharos.config.check.traffic.destination.DestinationChecks;
import pharos.config.check.traffic.gateway.GatewayChecks;
import pharos.config.check.traffic.gatewayapi.GatewayApiChecks;
import pharos.config.check.traffic.route.RouteChecks;

/** Every message that a check can report, in one place. */
public final class MessageCatalogue {
  private MessageCatalogue() {}

  /** All of them, by code. */
  public static List<MessageType> all() {
    return Stream.<List<? extends MessageType>>of(
            List.of(IstioMessage.values()),
            AuthoringChecks.messages(),
            RouteChecks.messages(),
            BindingChecks.messages(),
            DestinationChecks.messages(),
            GatewayChecks.messages(),
            GatewayApiChecks.messages())
        .<MessageType>flatMap(List::stream)
        .sorted(Comparator.comparing(MessageType::code))
        .toList();
  }
}
