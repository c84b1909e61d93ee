package pharos.backend.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Follows the Istio objects of an API server by list and watch, as istiod would, and hands all of
 * them over after each change.
 */
public final class ConfigWatch implements AutoCloseable {
  private static final List<ResourceDefinitionContext> KINDS =
      List.of(
          kind("VirtualService", "virtualservices"),
          kind("DestinationRule", "destinationrules"),
          kind("Gateway", "gateways"),
          kind("ServiceEntry", "serviceentries"),
          kind("Sidecar", "sidecars"));

  private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();
  private final Consumer<List<GenericKubernetesResource>> listener;
  private volatile boolean ready;

  private ConfigWatch(Consumer<List<GenericKubernetesResource>> listener) {
    this.listener = listener;
  }

  private static ResourceDefinitionContext kind(String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup("networking.istio.io")
        .withVersion("v1")
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }

  /**
   * Lists all objects (this waits for the API server), hands them over, and goes on watching.
   *
   * @param listener gets all objects each time; called on a thread of the client
   */
  public static ConfigWatch start(
      KubernetesClient client, Consumer<List<GenericKubernetesResource>> listener) {
    var watch = new ConfigWatch(listener);
    for (ResourceDefinitionContext kind : KINDS) {
      watch.informers.add(
          client.genericKubernetesResources(kind).inAnyNamespace().inform(watch.new Changes()));
    }
    watch.ready = true;
    watch.publish();
    return watch;
  }

  /** Any change means: hand over all. */
  private final class Changes implements ResourceEventHandler<GenericKubernetesResource> {
    @Override
    public void onAdd(GenericKubernetesResource object) {
      publish();
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
      publish();
    }

    @Override
    public void onDelete(GenericKubernetesResource object, boolean stateUnknown) {
      publish();
    }
  }

  private void publish() {
    if (ready) {
      var all = new ArrayList<GenericKubernetesResource>();
      informers.forEach(informer -> all.addAll(informer.getStore().list()));
      listener.accept(all);
    }
  }

  @Override
  public void close() {
    ready = false;
    informers.forEach(SharedIndexInformer::close);
  }
}
