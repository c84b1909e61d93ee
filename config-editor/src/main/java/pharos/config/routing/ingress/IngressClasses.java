package pharos.config.routing.ingress;

import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/** Which Ingresses are Istio's. */
final class IngressClasses {
  private static final String ANNOTATION = "kubernetes.io/ingress.class";
  private static final String CONTROLLER = "istio.io/ingress-controller";

  private final Snapshot resources;
  private final String mode;
  private final String className;

  IngressClasses(Snapshot resources, @Nullable Node meshConfig) {
    this.resources = resources;
    String mode = Fields.text(meshConfig, "ingressControllerMode");
    this.mode = mode.isEmpty() ? "STRICT" : mode;
    String className = Fields.text(meshConfig, "ingressClass");
    this.className = className.isEmpty() ? "istio" : className;
  }

  /** Why an Ingress is not read, or null. */
  @Nullable String refusal(Resource ingress) {
    if (mode.equals("OFF")) {
      return "ingressControllerMode is OFF";
    }
    String annotated = ingress.annotations().get(ANNOTATION);
    if (annotated != null) {
      return annotated.equals(className)
          ? null
          : "its class is \"" + annotated + "\", not \"" + className + "\"";
    }
    if (Fields.has(ingress.spec(), "ingressClassName")) {
      return refusal(Fields.text(ingress.spec(), "ingressClassName"));
    }
    return mode.equals("DEFAULT")
        ? null
        : "it names no class, which only ingressControllerMode DEFAULT takes";
  }

  private @Nullable String refusal(String name) {
    Resource found = resources.get(new ResourceKey(Kinds.INGRESS_CLASS, "", name));
    if (found == null) {
      return "there is no IngressClass \"" + name + "\"";
    }
    String controller = Fields.text(found.spec(), "controller");
    return controller.equals(CONTROLLER)
        ? null
        : "the controller of IngressClass \"" + name + "\" is " + controller;
  }
}
