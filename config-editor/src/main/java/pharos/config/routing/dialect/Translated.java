package pharos.config.routing.dialect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import pharos.config.istio.view.Gateway;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.effective.Ignored;

/**
 * Objects of another dialect as Istio's own, with full names throughout (R-NAME-13).
 *
 * @param virtualServices in a stable order that means nothing
 * @param gateways one per listener that is programmed
 * @param managed names of those gateways whose pods Istio deploys itself (R-GW-4)
 * @param ignored what was not accepted, or only in part, and why
 */
public record Translated(
    List<VirtualService> virtualServices,
    List<Gateway> gateways,
    Set<String> managed,
    List<Ignored> ignored) {
  /** Nothing. */
  public static final Translated NONE = new Translated(List.of(), List.of(), Set.of(), List.of());

  public Translated {
    virtualServices = List.copyOf(virtualServices);
    gateways = List.copyOf(gateways);
    managed = Set.copyOf(managed);
    ignored = List.copyOf(ignored);
  }

  /** This and another one. */
  public Translated plus(Translated other) {
    Set<String> allManaged = new HashSet<>(managed);
    allManaged.addAll(other.managed);
    return new Translated(
        joined(virtualServices, other.virtualServices),
        joined(gateways, other.gateways),
        allManaged,
        joined(ignored, other.ignored));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
