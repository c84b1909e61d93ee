package pharos.config.check.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Path;
import pharos.config.check.Check;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** The admission rules of every Istio kind, as one check per kind (analysis catalog 5.5 and 6). */
public final class SchemaChecks {
  private static final Map<Kind, KindRules> RULES = new LinkedHashMap<>();

  static {
    RULES.put(Kinds.AUTHORIZATION_POLICY, new AuthorizationPolicyRules());
    RULES.put(Kinds.DESTINATION_RULE, new DestinationRuleRules());
    RULES.put(Kinds.ENVOY_FILTER, SmallKindRules::envoyFilter);
    RULES.put(Kinds.GATEWAY, new GatewayRules());
    RULES.put(Kinds.PEER_AUTHENTICATION, SmallKindRules::peerAuthentication);
    RULES.put(Kinds.PROXY_CONFIG, SmallKindRules::proxyConfig);
    RULES.put(Kinds.REQUEST_AUTHENTICATION, new RequestAuthenticationRules());
    RULES.put(Kinds.SERVICE_ENTRY, new ServiceEntryRules());
    RULES.put(Kinds.SIDECAR, new SidecarRules());
    RULES.put(Kinds.TELEMETRY, new TelemetryRules());
    RULES.put(Kinds.TRAFFIC_EXTENSION, SmallKindRules::trafficExtension);
    RULES.put(Kinds.VIRTUAL_SERVICE, new VirtualServiceRules());
    RULES.put(Kinds.WASM_PLUGIN, new WasmPluginRules());
    RULES.put(Kinds.WORKLOAD_ENTRY, new WorkloadEntryRules());
    RULES.put(Kinds.WORKLOAD_GROUP, new WorkloadGroupRules());
  }

  private SchemaChecks() {}

  /**
   * One check per kind, named {@code schema.ValidationAnalyzer.<Kind>}, as istioctl runs them:
   * without labels and annotations.
   */
  public static List<Check> all() {
    return checks(false);
  }

  /** The same checks as the admission webhook runs them: with labels and annotations. */
  public static List<Check> admission() {
    return checks(true);
  }

  private static List<Check> checks(boolean withMetadata) {
    return RULES.entrySet().stream()
        .<Check>map(entry -> new SchemaCheck(entry.getKey(), entry.getValue(), withMetadata))
        .toList();
  }

  private record SchemaCheck(Kind kind, KindRules rules, boolean withMetadata)
      implements ObjectCheck {
    @Override
    public String name() {
      return "schema.ValidationAnalyzer." + kind.name();
    }

    @Override
    public Set<Kind> reads() {
      return Set.of(kind);
    }

    @Override
    public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
      Shape shape = Shape.of(resource);
      // What cannot be decoded never reaches the rules.
      Verdicts verdicts =
          shape.decodes() ? verdicts(resource, rules, withMetadata) : new Verdicts();
      for (Verdicts.Verdict verdict : verdicts.all()) {
        report.accept(
            Finding.at(
                resource, verdict.path(), name(), verdict.type(), verdict.arguments().toArray()));
      }
      shape.findings(verdicts, name()).forEach(report);
    }
  }

  /** The rules and matches of a VirtualService that istioctl already calls unreachable. */
  public static Set<Path> unreachable(Resource virtualService) {
    Verdicts verdicts = new Verdicts();
    for (String protocol : List.of("http", "tls", "tcp")) {
      UnreachableRules.check(protocol, Fields.items(virtualService.spec(), protocol), verdicts);
    }
    return verdicts.all().stream().map(Verdicts.Verdict::path).collect(Collectors.toSet());
  }

  /** What the admission webhook says of one object: errors refuse it, warnings do not. */
  public static Admission admit(Resource resource) {
    Verdicts verdicts = verdicts(resource, RULES.get(resource.key().kind()), true);
    return new Admission(
        verdicts.all().stream()
            .filter(Verdicts.Verdict::isError)
            .map(Verdicts.Verdict::text)
            .toList(),
        verdicts.all().stream().filter(v -> !v.isError()).map(Verdicts.Verdict::text).toList());
  }

  private static Verdicts verdicts(
      Resource resource, @Nullable KindRules rules, boolean withMetadata) {
    Verdicts verdicts = new Verdicts();
    if (withMetadata) {
      MetadataRules.apply(resource, verdicts);
    }
    if (rules != null && !verdicts.hasErrors()) {
      rules.apply(resource, withMetadata, verdicts);
    }
    return verdicts;
  }

  /** The webhook's answer. */
  public record Admission(List<String> errors, List<String> warnings) {
    public Admission {
      errors = List.copyOf(errors);
      warnings = List.copyOf(warnings);
    }
  }
}
