package pharos.config.check;

import java.util.List;
import pharos.config.resource.Path;

/** What to do about the findings of istioctl that people meet most; its messages do not say. */
public final class IstioAdvice {
  private IstioAdvice() {}

  /** A sentence, or empty where there is nothing to add. */
  public static String of(Finding finding) {
    return switch (finding.type()) {
      case IstioMessage.REFERENCED_RESOURCE_NOT_FOUND -> missing(finding.path());
      case IstioMessage.PORT_NAME_IS_NOT_UNDER_NAMING_CONVENTION ->
          "Name the port PROTOCOL or PROTOCOL-SUFFIX, as in http-web, or set appProtocol.";
      case IstioMessage.VIRTUAL_SERVICE_UNREACHABLE_RULE ->
          "Rules are tried in order: move the rule before the one that takes everything.";
      case IstioMessage.VIRTUAL_SERVICE_HOST_NOT_FOUND_IN_GATEWAY ->
          "Add the host to a server of the Gateway, or name a Gateway that serves it.";
      case IstioMessage.GATEWAY_PORT_NOT_DEFINED_ON_SERVICE ->
          "Clients reach a gateway through its Service: use a port of it, or add this one there.";
      case IstioMessage.DESTINATION_RULE_SUBSET_NOT_SELECT_PODS ->
          "Compare the labels of the subset with those of the Pods.";
      case IstioMessage.UNKNOWN_DESTINATION_RULE_HOST ->
          "A short name is completed with the namespace of the rule.";
      default -> "";
    };
  }

  private static String missing(Path path) {
    List<String> keys =
        path.steps().stream()
            .filter(Path.Key.class::isInstance)
            .map(step -> ((Path.Key) step).name())
            .toList();
    if (keys.contains("selector") || keys.contains("workloadSelector")) {
      return "No Pod has all of these labels.";
    }
    return switch (keys.isEmpty() ? "" : keys.getLast()) {
      case "subset" ->
          "Requests to it get 503 (flag NC): define the subset in the DestinationRule of the host"
              + " before routing to it.";
      case "host" ->
          "Write the name of a Service in this namespace, or the full name of one in another"
              + " (NAME.NAMESPACE.svc.cluster.local); hosts outside the mesh need a ServiceEntry.";
      case "gateways" -> "A Gateway of another namespace is named NAMESPACE/NAME.";
      default -> "";
    };
  }
}
