package pharos.backend.source.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Clients that do what they are told: no retries and no reconnects of their own, since the caller
 * has to know what happened. A client for a URL reads no kubeconfig and no environment.
 */
public final class KubernetesClients {
  private static final int REQUEST_TIMEOUT_MS = 10_000;

  private KubernetesClients() {}

  /** For an API server without credentials, as the demo has it. */
  public static KubernetesClient forUrl(String url) {
    return build(new ConfigBuilder(Config.empty()).withMasterUrl(url).build());
  }

  /**
   * For a cluster of a kubeconfig file.
   *
   * @param context null for the file's current one
   */
  public static KubernetesClient forKubeconfig(Path file, @Nullable String context) {
    return build(Config.fromKubeconfig(context, file.toFile()));
  }

  /** With the service account of the pod that this process runs in. */
  public static KubernetesClient forPod() {
    return build(new ConfigBuilder().build());
  }

  private static KubernetesClient build(Config config) {
    config.setRequestRetryBackoffLimit(0);
    config.setWatchReconnectLimit(0);
    config.setRequestTimeout(REQUEST_TIMEOUT_MS);
    config.setConnectionTimeout(REQUEST_TIMEOUT_MS);
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
