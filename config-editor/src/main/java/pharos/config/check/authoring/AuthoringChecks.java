package pharos.config.check.authoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pharos.config.check.Check;
import pharos.config.check.MessageType;
import pharos.config.resource.Kinds;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.schema.Catalogue;

/** The checks of this package. */
public final class AuthoringChecks {
  /** In the catalogue for completion, but nobody watches them in a cluster. */
  private static final Set<Kind> FILES_ONLY = Set.of(Kinds.UDP_ROUTE, Kinds.INGRESS_CLASS);

  private AuthoringChecks() {}

  /**
   * All of them. A check that judges objects of any kind is there once per kind, under one name, so
   * that a kind which cannot be read does not silence it for the others.
   */
  public static List<Check> all() {
    List<Check> checks = new ArrayList<>();
    for (Kind kind : Catalogue.kinds()) {
      if (!FILES_ONLY.contains(kind)) {
        checks.add(new KindCheck(kind));
        checks.add(new FieldCheck(kind));
        checks.add(new ValueCheck(kind));
      }
    }
    checks.add(new TemplateCheck());
    checks.add(new NearestLabelCheck());
    checks.add(new GatewayServerCheck());
    checks.add(new MeshWideRuleCheck());
    checks.add(new MeshRouteCheck());
    return List.copyOf(checks);
  }

  /** Everything that they say. */
  public static List<MessageType> messages() {
    return List.of(AuthoringMessage.values());
  }
}
