package pharos.config.check.istio;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Gateway API definitions that are too old for Istio (catalog 5.22). */
final class CrdVersionCheck implements ObjectCheck {
  @Override
  public String name() {
    return "k8sgateway.CRDVersionAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.CUSTOM_RESOURCE_DEFINITION);
  }

  @Override
  public void check(Resource definition, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    int[] minimum = MINIMUM.get(definition.key().name());
    String installed =
        definition.annotations().getOrDefault("gateway.networking.k8s.io/bundle-version", "");
    int[] version = version(installed);
    if (minimum != null && version != null && Arrays.compare(version, minimum) < 0) {
      report.accept(
          Finding.at(
              definition,
              Path.of("metadata", "annotations"),
              name(),
              IstioMessage.GATEWAY_APICRD_VERSION_BELOW_MINIMUM,
              definition.key().name(),
              installed,
              "v%d.%d.%d".formatted(minimum[0], minimum[1], minimum[2])));
    }
  }

  private static final String GROUP = ".gateway.networking.k8s.io";
  private static final Map<String, int[]> MINIMUM =
      Map.of(
          "grpcroutes" + GROUP, new int[] {1, 1, 0},
          "backendtlspolicies" + GROUP, new int[] {1, 4, 0},
          "tlsroutes" + GROUP, new int[] {1, 5, 0},
          "tcproutes" + GROUP, new int[] {1, 6, 0});
  private static final Pattern VERSION =
      Pattern.compile("v?([0-9]{1,6})\\.([0-9]{1,6})\\.([0-9]{1,6})([-+].*)?");

  private static int @Nullable [] version(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.matches()
        ? new int[] {
          Integer.parseInt(matcher.group(1)),
          Integer.parseInt(matcher.group(2)),
          Integer.parseInt(matcher.group(3))
        }
        : null;
  }
}
