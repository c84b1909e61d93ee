package pharos.config.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import pharos.config.check.authoring.AuthoringChecks;
import pharos.config.check.istio.IstioChecks;
import pharos.config.check.schema.SchemaChecks;
import pharos.config.check.traffic.binding.BindingChecks;
import pharos.config.check.traffic.destination.DestinationChecks;
import pharos.config.check.traffic.gateway.GatewayChecks;
import pharos.config.check.traffic.gatewayapi.GatewayApiChecks;
import pharos.config.check.traffic.route.RouteChecks;

/** Every check there is, and the choice among them. */
public final class AllChecks {
  /** Stands for all schema checks in a choice by name. */
  public static final String SCHEMA = "schema";

  private AllChecks() {}

  /** Those that run unless others are asked for. */
  public static List<Check> standard() {
    List<Check> checks = new ArrayList<>(IstioChecks.standard());
    checks.addAll(AuthoringChecks.all());
    checks.addAll(SchemaChecks.all());
    checks.addAll(RouteChecks.all());
    checks.addAll(BindingChecks.all());
    checks.addAll(DestinationChecks.all());
    checks.addAll(GatewayChecks.all());
    checks.addAll(GatewayApiChecks.all());
    return List.copyOf(checks);
  }

  /**
   * The checks of these names; {@link #SCHEMA} stands for all schema checks. No names means the
   * standard set.
   *
   * @throws IllegalArgumentException when nothing has one of the names
   */
  public static List<Check> named(Collection<String> names) {
    if (names.isEmpty()) {
      return standard();
    }
    List<Check> all = new ArrayList<>(standard());
    all.addAll(IstioChecks.onRequest());
    List<Check> chosen = new ArrayList<>();
    for (String name : names) {
      List<Check> matching =
          name.equals(SCHEMA)
              ? SchemaChecks.admission()
              : all.stream().filter(check -> check.name().equals(name)).toList();
      if (matching.isEmpty()) {
        throw new IllegalArgumentException(
            "no check is named \"%s\" (expected: %s or one of %s)"
                .formatted(name, SCHEMA, all.stream().map(Check::name).sorted().toList()));
      }
      chosen.addAll(matching);
    }
    return chosen;
  }
}
