package pharos.config.check.traffic.gateway;

import java.util.List;
import pharos.config.check.DocumentedMessage;
import pharos.config.check.Level;

/**
 * What checks of Gateways, Sidecars and ServiceEntries say. Rule numbers are those of the routing
 * semantics.
 */
enum GatewayMessage implements DocumentedMessage {
  /** R-GW-10. */
  SERVER_DROPPED(
      "PHA0160",
      "ServerDropped",
      Level.WARNING,
      "This server is dropped: %s, which comes first, already uses port %d for %s.",
      "On one port plain text TCP goes with nothing in plain text, and TLS not behind plain "
          + "text; the older Gateway wins.",
      "Use another port.",
      "gateway/#Server"),
  /** R-GW-11. */
  TLS_SERVER_SKIPPED(
      "PHA0161",
      "TlsServerSkipped",
      Level.WARNING,
      "%s, which comes first, already serves TLS for this host on port %d: this whole server "
          + "is skipped, with all of its hosts %s.",
      "A repeated TLS host drops the entire later server.",
      "Name every host once per port.",
      "gateway/#Server",
      "KIA0301"),
  /** R-GW-6, R-GW-16. */
  GATEWAY_ON_TARGET_PORT(
      "PHA0162",
      "GatewayOnTargetPort",
      Level.INFO,
      "Port %d is a target port of Service %s: clients reach this server through port %d, "
          + "while match.port and destinations without port mean %d.",
      "A server's port is first looked up among the ports of the Service; the number itself is "
          + "what routes see.",
      "Write the port of the Service.",
      "gateway/#Server"),
  /** R-SC-9. */
  SIDECAR_HIDES_VIRTUAL_SERVICE(
      "PHA0163",
      "SidecarHidesVirtualService",
      Level.WARNING,
      "Sidecar %s does not import this host, so the workloads of namespace %s never use this "
          + "VirtualService.",
      "A VirtualService is imported by its own namespace and hosts.",
      "Add the host to the egress hosts of the Sidecar.",
      "sidecar/#Sidecar"),
  /** R-NAME-12, R-SC-6. */
  EGRESS_HOST_UNKNOWN(
      "PHA0164",
      "EgressHostUnknown",
      Level.WARNING,
      "Nothing in %s has the host %q, so this entry imports nothing.",
      "Egress hosts are full names and are not completed; what stands before the slash is the "
          + "namespace of the service or VirtualService.",
      "Correct the name; a Service is name.namespace.svc.cluster.local.",
      "sidecar/#IstioEgressListener",
      "KIA1004"),
  /** R-SC-3. */
  SIDECAR_SELECTOR_IN_ROOT(
      "PHA0165",
      "SidecarSelectorInRoot",
      Level.WARNING,
      "A Sidecar with workloadSelector selects workloads of its own namespace only, here the "
          + "root namespace %s.",
      "Only the Sidecar without selector of the root namespace applies to the whole mesh.",
      "Move it to the namespace of the workloads, or remove the selector.",
      "sidecar/#Sidecar",
      "KIA1006"),
  /** R-SC-4. */
  OUTBOUND_POLICY_WITHOUT_MODE(
      "PHA0166",
      "OutboundPolicyWithoutMode",
      Level.INFO,
      "outboundTrafficPolicy without mode means REGISTRY_ONLY, unlike the mesh's default.",
      "The first value of the enumeration counts when mode is absent.",
      "Write the mode.",
      "sidecar/#OutboundTrafficPolicy",
      "KIA1007"),
  /** R-SC-11. */
  DUPLICATE_SERVICE_ENTRY(
      "PHA0167",
      "DuplicateServiceEntry",
      Level.INFO,
      "ServiceEntry %s also defines %s on port %d: in each namespace one of them is used.",
      "Of several entries for one host a proxy sees one.",
      "Merge them.",
      "service-entry/#ServiceEntry",
      "KIA1211");

  private static final String REFERENCE =
      "https://istio.io/latest/docs/reference/config/networking/";

  @SuppressWarnings("ImmutableEnumChecker") // its list is made by List.copyOf
  private final Documentation documentation;

  GatewayMessage(
      String code,
      String title,
      Level level,
      String template,
      String meaning,
      String remedy,
      String page,
      String... aliases) {
    documentation =
        new Documentation(
            code, title, level, template, meaning, remedy, REFERENCE + page, List.of(aliases));
  }

  @Override
  public Documentation documentation() {
    return documentation;
  }
}
