package pharos.config.istio.view;

import java.util.Comparator;
import pharos.config.istio.CreationTimes;

/** R-ORD-1 and R-ORD-3: by age, then name, then namespace; unknown ages sort as oldest. */
public final class ObjectOrder {
  /** For VirtualServices. */
  public static final Comparator<VirtualService> VIRTUAL_SERVICES =
      Comparator.comparingLong(VirtualService::created)
          .thenComparing(VirtualService::key, CreationTimes::byNameThenNamespace);

  /** For Gateways, by the names that VirtualServices use for them. */
  public static final Comparator<Gateway> GATEWAYS =
      Comparator.comparingLong(Gateway::created)
          .thenComparing(ObjectOrder::shortName)
          .thenComparing(gateway -> gateway.key().namespace());

  /** For services; a ServiceEntry's hosts in the order of their names. */
  public static final Comparator<MeshService> SERVICES =
      Comparator.comparingLong(MeshService::created)
          .thenComparing(MeshService::key, CreationTimes::byNameThenNamespace)
          .thenComparing(MeshService::host);

  /** R-ORD-2: for DestinationRules, those with a workloadSelector first. */
  public static final Comparator<DestinationRule> DESTINATION_RULES =
      Comparator.comparing((DestinationRule rule) -> rule.selector() == null)
          .thenComparingLong(DestinationRule::created)
          .thenComparing(DestinationRule::key, CreationTimes::byNameThenNamespace);

  private ObjectOrder() {}

  private static String shortName(Gateway gateway) {
    return gateway.name().substring(gateway.name().indexOf('/') + 1);
  }
}
