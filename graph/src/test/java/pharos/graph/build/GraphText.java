package pharos.graph.build;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import pharos.graph.Box;
import pharos.graph.Edge;
import pharos.graph.EdgeRates;
import pharos.graph.Latency;
import pharos.graph.Node;
import pharos.graph.NodeFacts;
import pharos.graph.NodeRates;
import pharos.graph.TrafficGraph;

/** Prints a graph, so that a difference can be read. */
final class GraphText {
  private GraphText() {}

  static String of(TrafficGraph graph) {
    Map<String, String> boxes = new HashMap<>();
    graph.boxes().forEach(box -> boxes.put(box.id(), box.key()));
    StringBuilder text = new StringBuilder();
    for (Box box : graph.boxes()) {
      String parent = box.parent();
      text.append("box ").append(box.key());
      text.append(parent == null ? "" : " in " + boxes.get(parent)).append('\n');
    }
    for (Node node : graph.nodes()) {
      text.append("node ").append(node.id().key()).append(facts(node.facts(), boxes)).append('\n');
    }
    for (Edge edge : graph.edges()) {
      text.append("edge ").append(edge.source().key()).append(" -> ").append(edge.target().key());
      text.append(' ').append(edge.protocol().name().toLowerCase(Locale.ROOT));
      text.append(edge(edge)).append('\n');
    }
    return text.toString();
  }

  private static String facts(NodeFacts facts, Map<String, String> boxes) {
    StringJoiner out = new StringJoiner(" ", " ", "").setEmptyValue("");
    NodeRates rates = facts.rates();
    put(out, "httpIn", rates.httpIn());
    put(out, "httpInNoResponse", rates.httpInNoResponse());
    put(out, "httpIn3xx", rates.httpIn3xx());
    put(out, "httpIn4xx", rates.httpIn4xx());
    put(out, "httpIn5xx", rates.httpIn5xx());
    put(out, "httpOut", rates.httpOut());
    put(out, "grpcIn", rates.grpcIn());
    put(out, "grpcInNoResponse", rates.grpcInNoResponse());
    put(out, "grpcInErr", rates.grpcInErr());
    put(out, "grpcOut", rates.grpcOut());
    put(out, "tcpIn", rates.tcpIn());
    put(out, "tcpOut", rates.tcpOut());
    facts.flags().forEach(flag -> out.add(flag.wireName()));
    facts.config().forEach(flag -> out.add("+" + flag.wireName()));
    put(out, "versions", facts.versions());
    if (facts.parent() != null) {
      out.add("in " + boxes.get(facts.parent()));
    }
    out.add(facts.health().status().wireName());
    facts.health().reasons().forEach(reason -> out.add("(" + reason.text() + ")"));
    return out.toString();
  }

  private static String edge(Edge edge) {
    StringJoiner out = new StringJoiner(" ", " ", "").setEmptyValue("");
    EdgeRates rates = edge.rates();
    put(out, "total", rates.total());
    put(out, "noResponse", rates.noResponse());
    put(out, "3xx", rates.status3xx());
    put(out, "4xx", rates.status4xx());
    put(out, "5xx", rates.status5xx());
    put(out, "err", rates.err());
    put(out, "percentErr", rates.percentErr());
    put(out, "percentOfSource", rates.percentOfSource());
    edge.responses()
        .codes()
        .forEach((code, detail) -> {
          detail.flags().forEach((flag, value) -> put(out, code + "[" + flag + "]", value));
          detail.hosts().forEach((host, value) -> put(out, code + "@" + host, value));
        });
    Latency latency = edge.responseTime();
    if (latency != null) {
      out.add(
          "ms=%s/%s/%s/%s"
              .formatted(
                  number(latency.avg()),
                  number(latency.p50()),
                  number(latency.p95()),
                  number(latency.p99())));
    }
    if (edge.throughput() != null) {
      out.add(
          "bytes=%s/%s"
              .formatted(
                  number(edge.throughput().request()), number(edge.throughput().response())));
    }
    if (edge.mtls() != null) {
      out.add("mtls=" + number(edge.mtls()));
    }
    if (edge.sourcePrincipal() != null || edge.destPrincipal() != null) {
      out.add("from " + edge.sourcePrincipal() + " to " + edge.destPrincipal());
    }
    if (edge.sampled()) {
      out.add("sampled");
    }
    out.add(edge.health().status().wireName());
    return out.toString();
  }

  private static void put(StringJoiner out, String name, double value) {
    if (value != 0) {
      out.add(name + "=" + number(value));
    }
  }

  private static void put(StringJoiner out, String name, List<String> values) {
    if (!values.isEmpty()) {
      out.add(name + "=" + String.join(",", values));
    }
  }

  private static String number(@Nullable Double value) {
    return value == null
        ? "?"
        : String.format(Locale.ROOT, "%.4f", value).replaceAll("\\.?0+$", "");
  }
}
