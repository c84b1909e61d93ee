package pharos.config.routing.gatewayapi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Gateway;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/** The {@code tls} block of a listener (R-GWAPI-2, R-GW-31). */
final class ListenerTls {
  private final Snapshot resources;
  private final ReferenceGrants grants;

  /**
   * Whether a Secret that is not in the snapshot does not exist. A snapshot without any Secret was
   * made without them, so nothing follows from what it lacks.
   */
  private final boolean secretsKnown;

  ListenerTls(Snapshot resources) {
    this.resources = resources;
    this.grants = ReferenceGrants.of(resources);
    this.secretsKnown = !resources.all(Kinds.SECRET).isEmpty();
  }

  /** The settings as Istio's own, or null without a block. */
  Gateway.@Nullable Tls settings(@Nullable Node gatewaySpec, Node listener) {
    Node tls = Fields.node(listener, "tls");
    if (tls == null) {
      return null;
    }
    if (Fields.text(tls, "mode").equals("Passthrough")) {
      return new Gateway.Tls(Gateway.Mode.PASSTHROUGH, false, "");
    }
    Gateway.Mode mode =
        switch (Fields.text(tls, "options", "gateway.istio.io/tls-terminate-mode")) {
          case "MUTUAL" -> Gateway.Mode.MUTUAL;
          case "OPTIONAL_MUTUAL" -> Gateway.Mode.OPTIONAL_MUTUAL;
          case "ISTIO_MUTUAL" -> Gateway.Mode.ISTIO_MUTUAL;
          default ->
              validatesClients(gatewaySpec, listener) ? Gateway.Mode.MUTUAL : Gateway.Mode.SIMPLE;
        };
    List<String> names = new ArrayList<>();
    for (Node ref : Fields.items(tls, "certificateRefs")) {
      names.add(Fields.text(ref, "name"));
    }
    return new Gateway.Tls(mode, false, names.isEmpty() ? "" : names.getFirst());
  }

  /** Frontend validation: on the listener, for its port, or for the whole Gateway. */
  private static boolean validatesClients(@Nullable Node gatewaySpec, Node listener) {
    if (Fields.has(listener, "tls", "frontendValidation")) {
      return true;
    }
    Node frontend = Fields.node(gatewaySpec, "tls", "frontend");
    for (Node perPort : Fields.items(frontend, "perPort")) {
      if (Fields.number(perPort, "port") == Fields.number(listener, "port")) {
        return Fields.has(perPort, "tls", "validation");
      }
    }
    return Fields.has(frontend, "default", "validation");
  }

  /** Why the certificates of a listener cannot be used, or null. */
  @Nullable String refusal(ResourceKey gateway, Node listener) {
    Node tls = Fields.node(listener, "tls");
    String mode = Fields.text(tls, "options", "gateway.istio.io/tls-terminate-mode");
    if (tls == null
        || Fields.text(tls, "mode").equals("Passthrough")
        || mode.equals("ISTIO_MUTUAL")
        || mode.equals("ISTIO_SIMPLE")) {
      return null;
    }
    List<Node> refs = Fields.items(tls, "certificateRefs");
    if (refs.size() > 2) {
      return "a listener can have at most 2 certificates, not " + refs.size();
    }
    String reason = null;
    for (Node ref : refs) {
      reason = refusal(gateway, Reference.of(ref, Kinds.SECRET, gateway.namespace()));
      if (reason == null) {
        return null;
      }
    }
    return reason;
  }

  private @Nullable String refusal(ResourceKey gateway, Reference secret) {
    if (!secret.kind().equals(Kinds.SECRET)) {
      return "certificate " + secret + " is no Secret";
    }
    if (secretsKnown && resources.get(secret.key()) == null) {
      return "certificate " + secret + " does not exist";
    }
    if (!secret.namespace().equals(gateway.namespace())
        && !grants.allow(Kinds.K8S_GATEWAY, gateway.namespace(), secret)) {
      return "certificate " + secret + " needs a ReferenceGrant in namespace " + secret.namespace();
    }
    return null;
  }
}
