package pharos.config.edit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Hosts;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Shares of traffic (R-HTTP-43, R-HTTP-44, R-GWAPI-13). */
final class Weights {
  private Weights() {}

  static void shift(Edit.ShiftWeights edit, ObjectEditor editor) {
    boolean istio = edit.object().kind().equals(Kinds.VIRTUAL_SERVICE);
    Path list = Rules.list(edit, edit.protocol());
    if (istio && edit.rule() == 0 && editor.items(list).isEmpty()) {
      editor.append(list, Trees.object(Map.of("route", destinations(edit.shares()))));
      return;
    }
    Path rule = Rules.at(edit, edit.protocol(), edit.rule(), editor);
    for (String other : List.of("redirect", "directResponse", "delegate")) {
      if (istio && editor.at(rule.key(other)) != null) {
        throw new Edits.NotPossible("%s: the rule has a %s, not a route".formatted(rule, other));
      }
    }
    Path route = rule.key(istio ? "route" : "backendRefs");
    for (Edit.Share share : edit.shares()) {
      int at = find(editor.items(route), share.target(), istio, edit.object().namespace());
      if (at >= 0) {
        editor.set(route.index(at).key("weight"), Trees.number(share.weight()));
      } else {
        editor.append(route, istio ? destination(share, true) : backend(share));
      }
    }
  }

  private static int find(List<Node> entries, Edit.Target wanted, boolean istio, String namespace) {
    for (int i = 0; i < entries.size(); i++) {
      Node place = istio ? Fields.node(entries.get(i), "destination") : entries.get(i);
      String host = Fields.text(place, istio ? "host" : "name");
      long port = istio ? Fields.number(place, "port", "number") : Fields.number(place, "port");
      boolean sameHost =
          istio
              ? Hosts.fullName(host, namespace).equals(Hosts.fullName(wanted.host(), namespace))
              : host.equals(wanted.host());
      boolean samePort = wanted.port() == 0 || port == 0 || port == wanted.port();
      if (sameHost && samePort && Fields.text(place, "subset").equals(wanted.subset())) {
        return i;
      }
    }
    return -1;
  }

  /** A new list of destinations; a single one needs no weight. */
  static Node destinations(List<Edit.Share> shares) {
    return Trees.list(shares.stream().map(share -> destination(share, shares.size() > 1)).toList());
  }

  private static Node destination(Edit.Share share, boolean weighted) {
    Map<String, Node> entry = new LinkedHashMap<>();
    entry.put("destination", target(share.target()));
    if (weighted) {
      entry.put("weight", Trees.number(share.weight()));
    }
    return Trees.object(entry);
  }

  /** A destination as VirtualServices write it. */
  static Node target(Edit.Target target) {
    Map<String, Node> destination = new LinkedHashMap<>();
    destination.put("host", Trees.text(target.host()));
    if (!target.subset().isEmpty()) {
      destination.put("subset", Trees.text(target.subset()));
    }
    @Nullable Node port = port(target);
    if (port != null) {
      destination.put("port", port);
    }
    return Trees.object(destination);
  }

  private static @Nullable Node port(Edit.Target target) {
    return target.port() == 0 ? null : Trees.object(Map.of("number", Trees.number(target.port())));
  }

  private static Node backend(Edit.Share share) {
    if (share.target().port() == 0) {
      throw new Edits.NotPossible("backend %s needs a port".formatted(share.target().host()));
    }
    Map<String, Node> backend = new LinkedHashMap<>();
    backend.put("name", Trees.text(share.target().host()));
    backend.put("port", Trees.number(share.target().port()));
    backend.put("weight", Trees.number(share.weight()));
    return Trees.object(backend);
  }
}
