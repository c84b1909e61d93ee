package pharos.config.check.traffic.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.PortProtocol;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Bindings;

/** Servers that lose against others of the same port (R-GW-3, R-GW-10, R-GW-11). */
final class GatewayServerCheck implements Check {
  @Override
  public String name() {
    return "traffic.GatewayServerCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.GATEWAY);
  }

  /** Gateways with one selector apply to the same pods, whatever the pods are. */
  private record Listener(Map<String, String> selector, long port, String bind) {}

  private record Server(Resource gateway, int index, Node node) {
    Path path() {
      return Path.of("spec", "servers", index);
    }

    String protocol() {
      return Fields.text(node, "port", "protocol").toUpperCase(Locale.ROOT);
    }

    boolean encrypted() {
      return protocol().equals("HTTPS") || protocol().equals("TLS");
    }

    boolean http() {
      return PortProtocol.parse(protocol()).isHttp();
    }

    String label() {
      return "server " + index + " of Gateway " + Bindings.nameOf(gateway);
    }

    /** R-GW-5. */
    List<String> hosts() {
      List<String> hosts = new ArrayList<>();
      for (String host : Fields.texts(node, "hosts")) {
        if (host.equals("*/*")) {
          return List.of("*");
        }
        hosts.add(
            host.startsWith("./")
                ? gateway.key().namespace() + host.substring(1)
                : host.startsWith("*/") ? host.substring(2) : host);
      }
      return hosts;
    }
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Map<Listener, List<Server>> listeners = new LinkedHashMap<>();
    mesh.all(Kinds.GATEWAY).stream()
        .sorted(CreationTimes.ORDER)
        .forEach(gateway -> {
          List<Node> servers = Fields.items(gateway.spec(), "servers");
          for (int i = 0; i < servers.size(); i++) {
            Node server = servers.get(i);
            boolean known =
                PortProtocol.parse(Fields.text(server, "port", "protocol"))
                    != PortProtocol.UNSUPPORTED;
            if (Fields.number(server, "port", "number") == 0 || !known) {
              continue; // admission refuses it
            }
            listeners
                .computeIfAbsent(
                    new Listener(
                        Fields.map(gateway.spec(), "selector"),
                        Fields.number(server, "port", "number"),
                        Fields.text(server, "bind")),
                    _ -> new ArrayList<>())
                .add(new Server(gateway, i, server));
          }
        });
    Report report = new Report(name(), findings);
    listeners.forEach((listener, servers) -> merge(listener, servers, report));
  }

  private static void merge(Listener listener, List<Server> servers, Report report) {
    Map<String, Server> tlsHosts = new HashMap<>();
    Server plain = servers.getFirst().encrypted() ? null : servers.getFirst();
    for (Server server : servers) {
      if (plain != null && server != plain && dropped(server, plain)) {
        report.at(
            server.gateway(),
            server.path().key("port").key("number"),
            GatewayMessage.SERVER_DROPPED,
            plain.label(),
            listener.port(),
            Fields.text(plain.node(), "port", "protocol"));
      } else if (Fields.has(server.node(), "tls")) {
        skipped(server, listener, tlsHosts, report);
      }
    }
  }

  /** R-GW-10: what a plain text server before it leaves no room for. */
  private static boolean dropped(Server server, Server plain) {
    return server.encrypted() || !server.http() || !plain.http();
  }

  /** R-GW-11: one repeated host drops the whole server. */
  private static void skipped(
      Server server, Listener listener, Map<String, Server> tlsHosts, Report report) {
    List<String> hosts = server.hosts();
    for (int i = 0; i < hosts.size(); i++) {
      Server first = tlsHosts.get(hosts.get(i));
      if (first != null) {
        report.at(
            server.gateway(),
            server.path().key("hosts").index(i),
            GatewayMessage.TLS_SERVER_SKIPPED,
            first.label(),
            listener.port(),
            Fields.texts(server.node(), "hosts"));
        return;
      }
    }
    hosts.forEach(host -> tlsHosts.put(host, server));
  }
}
