package pharos.config.routing.gatewayapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Hosts;
import pharos.config.istio.view.Origin;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;
import pharos.config.routing.effective.Ignored;

/** Which parents accept a route (R-GWAPI-4, R-GWAPI-25). */
final class Attachments {
  private static final Path PARENT_REFS = Path.of("spec", "parentRefs");

  private final Snapshot resources;
  private final String domain;
  private final GatewayListeners listeners;
  private final Set<Ignored> notes;

  Attachments(Snapshot resources, String domain, GatewayListeners listeners, Set<Ignored> notes) {
    this.resources = resources;
    this.domain = domain;
    this.listeners = listeners;
    this.notes = notes;
  }

  /** The parents that accept a route, each once, by the name of their gateway. */
  List<Parent> of(RouteObject route) {
    Set<Parent> parents = new LinkedHashSet<>();
    List<Node> refs = route.parentRefs();
    for (int i = 0; i < refs.size(); i++) {
      Path path = PARENT_REFS.index(i);
      Node ref = refs.get(i);
      Reference parent = Reference.of(ref, Kinds.K8S_GATEWAY, route.namespace());
      int port = (int) Fields.number(ref, "port");
      ResourceKey.Kind kind = parent.kind();
      if (kind.equals(Kinds.K8S_GATEWAY)) {
        parents.addAll(listenersFor(route, path, parent, Fields.text(ref, "sectionName"), port));
      } else if (kind.equals(Kinds.SERVICE) || kind.equals(Kinds.SERVICE_ENTRY)) {
        Resource target = resources.get(parent.key());
        if (target == null) {
          note(route, path, "R-GWAPI-25", "there is no " + parent);
        } else {
          parents.add(new Parent.Mesh(hosts(target), port));
        }
      } else {
        note(route, path, "R-GWAPI-4", "Istio does not take " + parent + " as a parent");
      }
    }
    return parents.stream().sorted(Comparator.comparing(Parent::gateway)).toList();
  }

  private List<String> hosts(Resource target) {
    return target.key().kind().equals(Kinds.SERVICE)
        ? List.of(target.key().name() + "." + target.key().namespace() + ".svc." + domain)
        : Fields.texts(target.spec(), "hosts");
  }

  private List<Parent> listenersFor(
      RouteObject route, Path path, Reference gateway, String section, int port) {
    List<ParentListener> all = listeners.of(gateway.key());
    List<Parent> accepted = new ArrayList<>();
    Set<String> reasons = new LinkedHashSet<>();
    for (ParentListener listener : all) {
      if (!section.isEmpty() && !section.equals(listener.section())) {
        continue;
      }
      if (port != 0 && port != listener.port()) {
        continue;
      }
      String reason = refusal(route, listener);
      if (reason == null) {
        accepted.add(new Parent.Listener(listener, otherHostnames(listener, all)));
      } else {
        reasons.add("listener \"" + listener.section() + "\": " + reason);
      }
    }
    if (accepted.isEmpty()) {
      note(route, path, "R-GWAPI-4", nobody(gateway, section, port, reasons));
    }
    return accepted;
  }

  private String nobody(Reference gateway, String section, int port, Set<String> reasons) {
    if (!reasons.isEmpty()) {
      return gateway + " does not accept it: " + String.join("; ", reasons);
    }
    if (!listeners.of(gateway.key()).isEmpty()) {
      return gateway
          + " has no listener"
          + (section.isEmpty() ? "" : " \"" + section + "\"")
          + (port == 0 ? "" : " on port " + port);
    }
    if (resources.get(gateway.key()) == null) {
      return "there is no " + gateway;
    }
    return gateway + " has no listener that Istio programs for routes";
  }

  /** Why a listener does not accept a route, or null. */
  private static @Nullable String refusal(RouteObject route, ParentListener listener) {
    boolean hostMatched = false;
    boolean accepted = false;
    boolean namesHosts = !route.kind().equals(Kinds.TCP_ROUTE);
    for (String hostname : namesHosts ? route.hostnames() : List.of("*")) {
      for (String serverHost : listener.serverHosts()) {
        int slash = serverHost.indexOf('/');
        String namespace = serverHost.substring(0, slash);
        if (Hosts.overlap(serverHost.substring(slash + 1), hostname)) {
          hostMatched = true;
          accepted |= namespace.equals("*") || namespace.equals(route.namespace());
        }
      }
    }
    if (!hostMatched) {
      return "no hostname overlaps \"" + listener.hostname() + "\"";
    }
    if (!accepted) {
      return "routes of namespace " + route.namespace() + " are not allowed";
    }
    return listener.kinds().contains(route.kind())
        ? null
        : route.kind().name() + " is not allowed on a " + listener.protocol() + " listener";
  }

  private static Set<String> otherHostnames(ParentListener ours, List<ParentListener> all) {
    Set<String> others = new LinkedHashSet<>();
    for (ParentListener listener : all) {
      if (listener.port() == ours.port() && listener.protocol().equals(ours.protocol())) {
        others.add(listener.hostname());
      }
    }
    others.remove(ours.hostname());
    return others;
  }

  private void note(RouteObject route, Path path, String rule, String reason) {
    notes.add(new Ignored(new Origin(route.key(), path, -1, -1, null), rule, reason));
  }
}
