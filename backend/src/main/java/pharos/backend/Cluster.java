package pharos.backend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pharos.backend.settings.Keys;
import pharos.backend.settings.Settings;
import pharos.backend.source.kubernetes.KubernetesClients;

/** Finds the cluster that {@code serve} shows, in kubectl's order. */
final class Cluster {
  private Cluster() {}

  /**
   * Empty when nothing points to a cluster.
   *
   * @throws StartFailed when what points to one cannot be used
   */
  static Optional<KubernetesClient> client(Settings settings, Map<String, String> environment) {
    Optional<Path> given = settings.get(Keys.KUBERNETES_KUBECONFIG);
    @Nullable String context = settings.get(Keys.KUBERNETES_CONTEXT).orElse(null);
    Optional<Path> file =
        given.isPresent() ? given : fromEnvironment(environment).or(Cluster::ofUser);
    try {
      if (file.isPresent()) {
        if (!Files.isReadable(file.get())) {
          throw new StartFailed("the kubeconfig %s cannot be read".formatted(file.get()));
        }
        return Optional.of(KubernetesClients.forKubeconfig(file.get(), context));
      }
      return environment.containsKey("KUBERNETES_SERVICE_HOST")
          ? Optional.of(KubernetesClients.forPod())
          : Optional.empty();
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw new StartFailed(
          "the kubeconfig %s cannot be used: %s"
              .formatted(file.map(Path::toString).orElse("of the pod"), e.getMessage()),
          e);
    }
  }

  /** Like kubectl, but only the first file of the list is read. */
  private static Optional<Path> fromEnvironment(Map<String, String> environment) {
    String files = environment.getOrDefault("KUBECONFIG", "");
    return files.isBlank() ? Optional.empty() : Optional.of(Path.of(files.split(":", -1)[0]));
  }

  private static Optional<Path> ofUser() {
    Path file = Path.of(System.getProperty("user.home"), ".kube", "config");
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }
}
