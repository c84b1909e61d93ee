package pharos.config.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import pharos.config.istio.Hosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.resource.Snapshot;

/** Names of the mesh that can be written where an object names another: what an editor offers. */
public final class NameHelp {
  private static final int MOST = 500;

  private NameHelp() {}

  /**
   * A name that can be written.
   *
   * @param text as it is written in the object
   * @param of what bears it, in words
   */
  public record Name(String text, String of) {}

  /**
   * Names for a path of an object, those of its own namespace first; empty where nothing is named.
   *
   * @param namespace of the object
   * @param host the host beside a subset; empty when there is none
   */
  public static List<Name> complete(
      Snapshot resources, Kind kind, String namespace, Path path, String host) {
    List<String> keys =
        path.steps().stream()
            .filter(Path.Key.class::isInstance)
            .map(step -> ((Path.Key) step).name())
            .toList();
    if (keys.isEmpty() || !keys.getFirst().equals("spec")) {
      return List.of();
    }
    String last = keys.getLast();
    boolean istio = kind.equals(Kinds.VIRTUAL_SERVICE) || kind.equals(Kinds.DESTINATION_RULE);
    List<Name> names;
    if (istio && (last.equals("host") || (last.equals("hosts") && keys.size() == 2))) {
      names = hosts(resources, namespace);
    } else if (kind.equals(Kinds.VIRTUAL_SERVICE)) {
      names =
          switch (last) {
            case "subset" -> subsets(resources, namespace, host);
            case "gateways" -> gateways(resources, namespace);
            case "name" ->
                keys.contains("delegate")
                    ? own(resources, Kinds.VIRTUAL_SERVICE, namespace)
                    : List.of();
            default -> List.of();
          };
    } else if (kind.group().equals(Kinds.K8S_GATEWAY.group()) && last.equals("name")) {
      names =
          keys.contains("parentRefs")
              ? own(resources, Kinds.K8S_GATEWAY, namespace)
              : keys.contains("backendRefs") || keys.contains("backendRef")
                  ? own(resources, Kinds.SERVICE, namespace)
                  : List.of();
    } else {
      names = List.of();
    }
    return names.subList(0, Math.min(names.size(), MOST));
  }

  private static List<Name> own(Snapshot resources, Kind kind, String namespace) {
    return resources.all(kind).stream()
        .filter(resource -> resource.key().namespace().equals(namespace))
        .map(resource -> new Name(resource.key().name(), resource.key().origin()))
        .toList();
  }

  private static List<Name> hosts(Snapshot resources, String namespace) {
    Set<Name> names = new LinkedHashSet<>(own(resources, Kinds.SERVICE, namespace));
    for (Resource entry : resources.all(Kinds.SERVICE_ENTRY)) {
      for (String host : Fields.texts(entry.spec(), "hosts")) {
        names.add(new Name(host, entry.key().origin()));
      }
    }
    for (Resource service : resources.all(Kinds.SERVICE)) {
      if (!service.key().namespace().equals(namespace)) {
        names.add(
            new Name(
                Hosts.fullName(service.key().name(), service.key().namespace()),
                service.key().origin()));
      }
    }
    return List.copyOf(names);
  }

  private static List<Name> gateways(Snapshot resources, String namespace) {
    List<Name> names = new ArrayList<>();
    names.add(new Name("mesh", "all sidecars"));
    resources.all(Kinds.GATEWAY).stream()
        .sorted(Comparator.comparing(gateway -> !gateway.key().namespace().equals(namespace)))
        .forEach(gateway ->
            names.add(
                new Name(
                    gateway.key().namespace() + "/" + gateway.key().name(),
                    gateway.key().origin())));
    return names;
  }

  private static List<Name> subsets(Snapshot resources, String namespace, String host) {
    Set<Name> names = new TreeSet<>(Comparator.comparing(Name::text));
    String wanted = Hosts.fullName(host, namespace);
    for (Resource rule : resources.all(Kinds.DESTINATION_RULE)) {
      String of = Hosts.fullName(Fields.text(rule.spec(), "host"), rule.key().namespace());
      if (host.isEmpty() ? rule.key().namespace().equals(namespace) : of.equals(wanted)) {
        for (Node subset : Fields.items(rule.spec(), "subsets")) {
          names.add(new Name(Fields.text(subset, "name"), rule.key().origin()));
        }
      }
    }
    return List.copyOf(names);
  }
}
