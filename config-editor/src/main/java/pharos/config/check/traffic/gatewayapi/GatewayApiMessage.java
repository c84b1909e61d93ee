package pharos.config.check.traffic.gatewayapi;

import java.util.List;
import pharos.config.check.DocumentedMessage;
import pharos.config.check.Level;

/**
 * What checks of Gateway API objects and of Kubernetes Services say. Rule numbers are those of the
 * routing semantics.
 */
enum GatewayApiMessage implements DocumentedMessage {
  ROUTE_PARENT_NOT_FOUND(
      "PHA0170",
      "RouteParentNotFound",
      Level.ERROR,
      "There is no %s to attach to.",
      "A route whose parent is missing is not used.",
      "Correct the name and namespace of the parent.",
      "https://gateway-api.sigs.k8s.io/api-types/httproute/",
      "KIA1401",
      "KIA1402"),
  /** R-GWAPI-3. */
  ROUTE_PARENT_NOT_ALLOWED(
      "PHA0171",
      "RouteParentNotAllowed",
      Level.ERROR,
      "No listener of Gateway %s allows routes of namespace %s.",
      "Without allowedRoutes a listener only takes routes of its own namespace.",
      "Set allowedRoutes.namespaces on the listener.",
      "https://gateway-api.sigs.k8s.io/api-types/gateway/",
      "KIA1401"),
  /** R-GWAPI-14. */
  BACKEND_NOT_FOUND(
      "PHA0172",
      "BackendNotFound",
      Level.ERROR,
      "There is no Service %s: its share of the requests gets 500.",
      "An unresolvable backend keeps its share and answers 500.",
      "Correct the name and namespace.",
      "https://gateway-api.sigs.k8s.io/api-types/httproute/",
      "KIA1402"),
  /** R-GWAPI-15. */
  BACKEND_NOT_GRANTED(
      "PHA0173",
      "BackendNotGranted",
      Level.ERROR,
      "No ReferenceGrant in namespace %s lets %s of namespace %s refer to Service %s: its "
          + "share of the requests gets 500.",
      "A backend of another namespace needs a grant there.",
      "Create the ReferenceGrant.",
      "https://gateway-api.sigs.k8s.io/api-types/referencegrant/",
      "KIA1402"),
  /** R-ENV-14, R-ENV-43. */
  ROUTE_REGEX_REFUSED(
      "PHA0174",
      "RouteRegexRefused",
      Level.ERROR,
      "Proxies refuse this regular expression: %s.",
      "Envoy knows neither look-around nor back-references, limits the size, and refuses the "
          + "whole route configuration; the last one it accepted stays in force.",
      "Rewrite it in RE2 syntax.",
      "https://gateway-api.sigs.k8s.io/api-types/httproute/"),
  LISTENERS_EQUAL(
      "PHA0175",
      "ListenersEqual",
      Level.ERROR,
      "Listener %s has the same host name, port and protocol as listener %s.",
      "Gateway API wants listeners to differ in one of the three; the API server refuses the "
          + "Gateway.",
      "Remove one of them.",
      "https://gateway-api.sigs.k8s.io/api-types/gateway/",
      "KIA1503"),
  /** R-GWAPI-16. */
  ROUTE_TO_UNKNOWN_PORT(
      "PHA0176",
      "BackendPortUnknown",
      Level.ERROR,
      "Service %s has no port %d (it has %s): its share of the requests gets 500.",
      "A backend port is the port of the Service, never a target port.",
      "Write one of its ports.",
      "https://gateway-api.sigs.k8s.io/api-types/httproute/"),
  GRANT_FROM_UNKNOWN_NAMESPACE(
      "PHA0177",
      "GrantFromUnknownNamespace",
      Level.WARNING,
      "There is no namespace %q.",
      "A grant for a misspelt namespace grants nothing.",
      "Correct the name.",
      "https://gateway-api.sigs.k8s.io/api-types/referencegrant/",
      "KIA1601"),
  TARGET_PORT_NOT_EXPOSED(
      "PHA0178",
      "TargetPortNotExposed",
      Level.INFO,
      "No container of the pods of this Service declares the target port %s.",
      "Containers may listen on ports that they do not declare, but where all declare theirs "
          + "one is easily mistyped.",
      "Correct the target port, or declare the port in the container.",
      "https://kubernetes.io/docs/concepts/services-networking/service/",
      "KIA0701"),
  /** R-HTTP-81. */
  MIRROR_NOT_FOUND(
      "PHA0179",
      "MirrorBackendNotFound",
      Level.ERROR,
      "There is no %s to mirror to: the copies go nowhere.",
      "A mirror that does not exist is left out silently; requests themselves are not affected.",
      "Correct name, namespace and port.",
      "https://gateway-api.sigs.k8s.io/api-types/httproute/",
      "KIA1402"),
  TARGET_PORT_NAME_UNKNOWN(
      "PHA0180",
      "TargetPortNameUnknown",
      Level.WARNING,
      "No container of the pods of this Service has a port named %s, so this port has no "
          + "endpoint.",
      "A target port given by name is looked up in the containers of each pod.",
      "Correct the target port, or name the port in the container.",
      "https://kubernetes.io/docs/concepts/services-networking/service/",
      "KIA0701"),
  /** R-OB-2. */
  APP_PROTOCOL_UNKNOWN(
      "PHA0181",
      "AppProtocolUnknown",
      Level.INFO,
      "Istio does not know the application protocol %q and guesses from the first bytes.",
      "appProtocol counts before the name of the port. What is not known is sniffed: HTTP is "
          + "found, other protocols are taken for TCP.",
      "Write http, http2, grpc, https, tls, tcp or another protocol that Istio knows.",
      "https://kubernetes.io/docs/concepts/services-networking/service/",
      "KIA0602");

  @SuppressWarnings("ImmutableEnumChecker") // its list is made by List.copyOf
  private final Documentation documentation;

  GatewayApiMessage(
      String code,
      String title,
      Level level,
      String template,
      String meaning,
      String remedy,
      String page,
      String... aliases) {
    documentation =
        new Documentation(code, title, level, template, meaning, remedy, page, List.of(aliases));
  }

  @Override
  public Documentation documentation() {
    return documentation;
  }
}
