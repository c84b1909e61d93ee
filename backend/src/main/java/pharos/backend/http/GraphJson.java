package pharos.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.GraphFrame;
import pharos.graph.Box;
import pharos.graph.Edge;
import pharos.graph.EdgeRates;
import pharos.graph.Health;
import pharos.graph.Latency;
import pharos.graph.Node;
import pharos.graph.NodeFacts;
import pharos.graph.NodeFlag;
import pharos.graph.NodeId;
import pharos.graph.NodeRates;
import pharos.graph.ResponseBreakdown;
import pharos.graph.Throughput;
import pharos.graph.TrafficGraph;
import pharos.graph.sample.Inventory.ConfigFlag;
import pharos.graph.view.FindExpression.Matches;
import pharos.graph.view.GraphDelta;

/** Graphs, and what changed between two. */
final class GraphJson {
  private GraphJson() {}

  static byte[] document(GraphFrame frame) {
    return Json.bytes(out -> document(out, frame));
  }

  static void document(JsonGenerator out, GraphFrame frame) throws IOException {
    TrafficGraph graph = frame.graph();
    out.writeStartObject();
    Json.time(out, "at", graph.at());
    out.writeStringField("window", graph.window().toString());
    out.writeStringField("kind", graph.kind().wireName());
    Json.texts(out, "namespaces", graph.namespaces().stream().sorted().toList());
    out.writeNumberField("seq", frame.seq());
    state(out, frame);
    out.writeStringField("origin", frame.origin().wireName());
    rows(out, graph.nodes(), graph.edges(), graph.boxes());
    out.writeEndObject();
  }

  static byte[] delta(long base, GraphFrame frame, GraphDelta delta) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeNumberField("base", base);
      out.writeNumberField("seq", frame.seq());
      Json.time(out, "at", frame.graph().at());
      state(out, frame);
      out.writeObjectFieldStart("removed");
      Json.texts(out, "nodes", delta.removedNodes());
      Json.texts(out, "edges", delta.removedEdges());
      Json.texts(out, "boxes", delta.removedBoxes());
      out.writeEndObject();
      out.writeObjectFieldStart("changed");
      rows(out, delta.changedNodes(), delta.changedEdges(), delta.changedBoxes());
      out.writeEndObject();
      out.writeEndObject();
    });
  }

  private static void state(JsonGenerator out, GraphFrame frame) throws IOException {
    out.writeStringField("topology", frame.topology());
    SourceJson.sources(out, frame.sources());
    out.writeBooleanField("partial", frame.partial());
    out.writeBooleanField("stale", frame.stale());
    Json.time(out, "staleSince", frame.staleSince());
    Json.texts(out, "warnings", frame.graph().warnings());
    Matches found = frame.found();
    if (found != null) {
      out.writeObjectFieldStart("found");
      Json.texts(out, "nodes", found.nodes().stream().map(NodeId::hash).sorted().toList());
      Json.texts(out, "edges", found.edges().stream().sorted().toList());
      out.writeEndObject();
    }
  }

  private static void rows(JsonGenerator out, List<Node> nodes, List<Edge> edges, List<Box> boxes)
      throws IOException {
    out.writeArrayFieldStart("nodes");
    for (Node node : nodes) {
      node(out, node);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("edges");
    for (Edge edge : edges) {
      edge(out, edge);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("boxes");
    for (Box box : boxes) {
      out.writeStartObject();
      out.writeStringField("id", box.id());
      out.writeStringField("kind", box.kind().wireName());
      Json.text(out, "parent", box.parent());
      out.writeStringField("name", box.name());
      out.writeStringField("cluster", box.cluster());
      out.writeStringField("namespace", box.namespace());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  static void node(JsonGenerator out, Node node) throws IOException {
    NodeFacts facts = node.facts();
    out.writeStartObject();
    out.writeStringField("id", node.id().hash());
    out.writeStringField("key", node.id().key());
    out.writeStringField("kind", kind(node));
    out.writeStringField("cluster", node.cluster());
    out.writeStringField("namespace", node.namespace());
    names(out, node);
    out.writeStringField("label", node.label());
    Json.text(out, "parent", facts.parent());
    Json.texts(out, "flags", facts.flags().stream().map(NodeFlag::wireName).toList());
    Json.texts(out, "config", facts.config().stream().map(ConfigFlag::wireName).toList());
    Json.texts(out, "labels", facts.labels());
    Json.texts(out, "hosts", facts.hosts());
    Json.texts(out, "versions", facts.versions());
    NodeFacts.Replicas replicas = facts.replicas();
    if (replicas == null) {
      out.writeNullField("replicas");
    } else {
      out.writeObjectFieldStart("replicas");
      out.writeNumberField("desired", replicas.desired());
      out.writeNumberField("current", replicas.current());
      out.writeNumberField("available", replicas.available());
      Integer synced = replicas.syncedProxies();
      Json.number(out, "syncedProxies", synced == null ? null : synced.doubleValue());
      out.writeEndObject();
    }
    health(out, facts.health());
    Integer rank = facts.rank();
    Json.number(out, "rank", rank == null ? null : rank.doubleValue());
    rates(out, facts.rates());
    out.writeEndObject();
  }

  private static String kind(Node node) {
    return switch (node) {
      case Node.WorkloadNode _ -> "workload";
      case Node.AppNode _ -> "app";
      case Node.ServiceNode service -> service.entry() == null ? "service" : "serviceEntry";
      case Node.AggregateNode _ -> "aggregate";
      case Node.UnknownNode _ -> "unknown";
    };
  }

  private static void names(JsonGenerator out, Node node) throws IOException {
    switch (node) {
      case Node.WorkloadNode workload -> {
        out.writeStringField("workload", workload.workload());
        out.writeStringField("app", workload.app());
        out.writeStringField("version", workload.version());
      }
      case Node.AppNode app -> {
        Json.text(out, "workload", app.workload());
        out.writeStringField("app", app.app());
        Json.text(out, "version", app.version());
      }
      case Node.ServiceNode service -> {
        out.writeStringField("service", service.service());
        Node.Entry entry = service.entry();
        if (entry != null) {
          out.writeObjectFieldStart("entry");
          out.writeStringField("namespace", entry.namespace());
          out.writeStringField("name", entry.name());
          Json.texts(out, "hosts", entry.hosts());
          out.writeBooleanField("internal", entry.internal());
          out.writeEndObject();
        }
      }
      case Node.AggregateNode aggregate -> {
        out.writeStringField("aggregate", aggregate.aggregate());
        out.writeStringField("value", aggregate.value());
      }
      case Node.UnknownNode _ -> {}
    }
  }

  private static void rates(JsonGenerator out, NodeRates rates) throws IOException {
    out.writeObjectFieldStart("rates");
    Json.rate(out, "httpIn", rates.httpIn());
    Json.rate(out, "httpInNoResponse", rates.httpInNoResponse());
    Json.rate(out, "httpIn3xx", rates.httpIn3xx());
    Json.rate(out, "httpIn4xx", rates.httpIn4xx());
    Json.rate(out, "httpIn5xx", rates.httpIn5xx());
    Json.rate(out, "httpOut", rates.httpOut());
    Json.rate(out, "grpcIn", rates.grpcIn());
    Json.rate(out, "grpcInNoResponse", rates.grpcInNoResponse());
    Json.rate(out, "grpcInErr", rates.grpcInErr());
    Json.rate(out, "grpcOut", rates.grpcOut());
    Json.rate(out, "tcpIn", rates.tcpIn());
    Json.rate(out, "tcpOut", rates.tcpOut());
    out.writeEndObject();
  }

  static void edge(JsonGenerator out, Edge edge) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", edge.id());
    out.writeStringField("source", edge.source().hash());
    out.writeStringField("target", edge.target().hash());
    out.writeStringField("protocol", edge.protocol().name().toLowerCase(Locale.ROOT));
    EdgeRates rates = edge.rates();
    out.writeObjectFieldStart("rates");
    Json.number(out, "total", rates.total());
    Json.rate(out, "noResponse", rates.noResponse());
    Json.rate(out, "3xx", rates.status3xx());
    Json.rate(out, "4xx", rates.status4xx());
    Json.rate(out, "5xx", rates.status5xx());
    Json.rate(out, "err", rates.err());
    Json.rate(out, "percentErr", rates.percentErr());
    Json.rate(out, "percentOfSource", rates.percentOfSource());
    out.writeEndObject();
    responses(out, edge.responses());
    Latency time = edge.responseTime();
    if (time == null) {
      out.writeNullField("responseTime");
    } else {
      out.writeObjectFieldStart("responseTime");
      Json.number(out, "avg", time.avg());
      Json.number(out, "p50", time.p50());
      Json.number(out, "p95", time.p95());
      Json.number(out, "p99", time.p99());
      out.writeEndObject();
    }
    throughput(out, edge.throughput());
    Json.number(out, "mtls", edge.mtls());
    Json.text(out, "sourcePrincipal", edge.sourcePrincipal());
    Json.text(out, "destPrincipal", edge.destPrincipal());
    health(out, edge.health());
    out.writeBooleanField("sampled", edge.sampled());
    out.writeEndObject();
  }

  private static void throughput(JsonGenerator out, @Nullable Throughput throughput)
      throws IOException {
    if (throughput == null) {
      out.writeNullField("throughput");
      return;
    }
    out.writeObjectFieldStart("throughput");
    Json.number(out, "request", throughput.request());
    Json.number(out, "response", throughput.response());
    out.writeEndObject();
  }

  private static void responses(JsonGenerator out, ResponseBreakdown responses) throws IOException {
    out.writeObjectFieldStart("responses");
    for (Map.Entry<String, ResponseBreakdown.Code> code : responses.codes().entrySet()) {
      out.writeObjectFieldStart(code.getKey());
      shares(out, "flags", code.getValue().flags());
      shares(out, "hosts", code.getValue().hosts());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void shares(JsonGenerator out, String field, Map<String, Double> shares)
      throws IOException {
    out.writeObjectFieldStart(field);
    for (Map.Entry<String, Double> share : shares.entrySet()) {
      Json.rate(out, share.getKey(), share.getValue());
    }
    out.writeEndObject();
  }

  static void health(JsonGenerator out, Health health) throws IOException {
    out.writeObjectFieldStart("health");
    out.writeStringField("status", health.status().wireName());
    out.writeArrayFieldStart("reasons");
    for (Health.Reason reason :
        health.reasons().stream()
            .sorted(Comparator.comparing(Health.Reason::status).reversed())
            .toList()) {
      out.writeStartObject();
      out.writeStringField("status", reason.status().wireName());
      out.writeStringField("text", reason.text());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
