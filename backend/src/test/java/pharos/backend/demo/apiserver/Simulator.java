package pharos.backend.demo.apiserver;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A running simulator and the ordinary fabric8 client for it. */
public final class Simulator implements AutoCloseable {
  public final ApiServer server;
  public final ClusterObjects objects;
  private final Vertx vertx = Vertx.vertx();
  private final List<KubernetesClient> clients = new ArrayList<>();

  public Simulator() {
    this(ApiServer.Options.DEFAULT.withBookmarkInterval(Duration.ofHours(1)));
  }

  public Simulator(ApiServer.Options options) {
    objects = new ClusterObjects(Clock.systemUTC(), 200);
    server = new ApiServer(vertx, objects, options);
    start();
  }

  public void start() {
    await(server.start(0));
  }

  public void stop() {
    await(server.stop());
  }

  /** The API as an ordinary client without retries sees it. */
  public KubernetesClient client() {
    return client("");
  }

  public KubernetesClient client(String token) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.url())
            .withRequestRetryBackoffLimit(0)
            .withRequestTimeout(5_000)
            .withWatchReconnectLimit(0)
            .build();
    if (!token.isEmpty()) {
      config.setOauthToken(token);
    }
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
    clients.add(client);
    return client;
  }

  /** Puts all objects of a YAML text. */
  public void put(String yaml) {
    ManifestYaml.read(yaml).forEach(objects::put);
  }

  /** Waits up to half a minute for a condition. */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 30 s: " + what);
      }
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    clients.forEach(KubernetesClient::close);
    await(vertx.close());
  }
}
