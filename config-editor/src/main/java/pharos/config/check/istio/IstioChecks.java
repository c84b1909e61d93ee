package pharos.config.check.istio;

import java.util.List;
import pharos.config.check.Check;

/** The analyzers of istioctl. */
public final class IstioChecks {
  private IstioChecks() {}

  /** Those that run unless others are asked for. */
  public static List<Check> standard() {
    return List.of(
        new AnnotationCheck(),
        new ApplicationUidCheck(),
        new AuthorizationPoliciesCheck(),
        new BlockedCidrsCheck(),
        new CaCertificateCheck(),
        new ConditionCheck(),
        new ConflictingGatewayCheck(),
        new ConflictingMeshGatewayHostsCheck(),
        new ConflictingServiceEntryCheck(),
        new CrdVersionCheck(),
        new DeprecationCheck(),
        new DestinationHostCheck(),
        new DestinationSubsetCheck(),
        new EnvoyPatchCheck(),
        new ExternalControlPlaneCheck(),
        new GatewayCertificateCheck(),
        new GatewaySecretCheck(),
        new ImageAutoCheck(),
        new IngressGatewayPortCheck(),
        new InjectionCheck(),
        new InjectionImageCheck(),
        new JwtClaimRouteCheck(),
        new K8sGatewaySelectorCheck(),
        new LightstepCheck(),
        new MeshNetworksCheck(),
        new MultiClusterServiceCheck(),
        new MultiServiceCheck(),
        new PortNameCheck(),
        new ServiceEntryAddressesCheck(),
        new SidecarSelectorCheck(),
        new SubsetSelectPodCheck(),
        new TelemetryDefaultSelectorCheck(),
        new TelemetryProviderCheck(),
        new TelemetrySelectorCheck(),
        new VirtualServiceGatewayCheck(),
        new WebhookCheck());
  }

  /** Those that run only when asked for by name. */
  public static List<Check> onRequest() {
    return List.of(new AlphaAnnotationCheck());
  }
}
