package pharos.config.check.istio;

import com.google.re2j.Pattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Webhooks of an external control plane that cannot be reached by name (catalog 5.20). */
final class ExternalControlPlaneCheck implements ObjectCheck {
  @Override
  public String name() {
    return "externalcontrolplane.ExternalControlPlaneAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VALIDATING_WEBHOOK_CONFIGURATION, Kinds.MUTATING_WEBHOOK_CONFIGURATION);
  }

  @Override
  public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    String name = resource.key().name();
    boolean ours =
        resource.key().kind().equals(Kinds.VALIDATING_WEBHOOK_CONFIGURATION)
            ? name.equals("istiod-default-validator") || name.startsWith("istio-validator")
            : name.startsWith("istio-sidecar-injector");
    if (ours) {
      check(resource, report);
    }
  }

  private static final Pattern IP =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[?[0-9a-fA-F:]*:[0-9a-fA-F:.]*\\]?");

  private void check(Resource configuration, Consumer<Finding> report) {
    List<Node> webhooks = Fields.items(configuration.root(), "webhooks");
    for (int i = 0; i < webhooks.size(); i++) {
      Node client = Fields.node(webhooks.get(i), "clientConfig");
      String webhook = Fields.text(webhooks.get(i), "name");
      Path path = Path.of("webhooks", i, "clientConfig");
      if (Fields.has(client, "url")) {
        checkUrl(configuration, path.key("url"), Fields.text(client, "url"), webhook, report);
      } else if (!Fields.has(client, "service")) {
        invalid(configuration, path, "", webhook, "is blank", report);
      }
    }
  }

  private void checkUrl(
      Resource configuration, Path path, String url, String webhook, Consumer<Finding> report) {
    String host;
    try {
      host = new URI(url).getHost();
    } catch (URISyntaxException _) {
      invalid(configuration, path, url, webhook, "was provided in an invalid format", report);
      return;
    }
    if (host != null && IP.matches(host)) {
      report.accept(
          Finding.at(
              configuration,
              path,
              name(),
              IstioMessage.EXTERNAL_CONTROL_PLANE_ADDRESS_IS_NOT_A_HOSTNAME,
              url,
              webhook));
    }
  }

  private void invalid(
      Resource configuration,
      Path path,
      String url,
      String webhook,
      String reason,
      Consumer<Finding> report) {
    report.accept(
        Finding.at(
            configuration,
            path,
            name(),
            IstioMessage.INVALID_EXTERNAL_CONTROL_PLANE_CONFIG,
            url,
            webhook,
            reason));
  }
}
