package pharos.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.MeshLists;
import pharos.backend.traffic.MeshLists.NamespaceItem;
import pharos.backend.traffic.MeshLists.Neighbour;
import pharos.backend.traffic.MeshLists.ServiceDetail;
import pharos.backend.traffic.MeshLists.ServiceItem;
import pharos.backend.traffic.MeshLists.WorkloadDetail;
import pharos.backend.traffic.MeshLists.WorkloadItem;
import pharos.backend.traffic.Red;
import pharos.graph.NodeId;
import pharos.graph.sample.Inventory.ConfigFlag;
import pharos.graph.sample.Inventory.DataPlane;
import pharos.graph.sample.Inventory.ObjectRef;
import pharos.graph.sample.Inventory.PortFact;
import pharos.graph.sample.Inventory.ServiceFact;
import pharos.graph.sample.Inventory.WorkloadFact;

/** Lists and details. */
final class ListJson {
  private ListJson() {}

  static byte[] namespaces(MeshLists lists) {
    return Json.bytes(out -> {
      head(out, lists);
      out.writeArrayFieldStart("items");
      for (NamespaceItem item : lists.namespaces()) {
        out.writeStartObject();
        out.writeStringField("name", item.fact().name());
        out.writeBooleanField("injection", item.fact().injection());
        out.writeBooleanField("ambient", item.fact().ambient());
        Json.texts(out, "labels", item.fact().labels());
        out.writeNumberField("services", item.services());
        out.writeNumberField("workloads", item.workloads());
        GraphJson.health(out, item.health());
        red(out, "rates", item.in());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  static byte[] services(MeshLists lists, Set<String> namespaces) {
    return Json.bytes(out -> {
      head(out, lists);
      serviceItems(out, "items", lists.services(namespaces));
      out.writeEndObject();
    });
  }

  static byte[] workloads(MeshLists lists, Set<String> namespaces) {
    return Json.bytes(out -> {
      head(out, lists);
      workloadItems(out, "items", lists.workloads(namespaces));
      out.writeEndObject();
    });
  }

  static byte[] service(MeshLists lists, String namespace, String name) {
    ServiceDetail detail = lists.service(namespace, name);
    return Json.bytes(out -> {
      head(out, lists);
      NodeId node = detail.nodeId();
      Json.text(out, "nodeId", node == null ? null : node.hash());
      service(out, detail.item());
      workloadItems(out, "workloads", detail.workloads());
      neighbours(out, "callers", detail.callers());
      neighbours(out, "callees", detail.callees());
      out.writeEndObject();
    });
  }

  static byte[] workload(MeshLists lists, String namespace, String name) {
    WorkloadDetail detail = lists.workload(namespace, name);
    return Json.bytes(out -> {
      head(out, lists);
      NodeId node = detail.nodeId();
      Json.text(out, "nodeId", node == null ? null : node.hash());
      workload(out, detail.item());
      serviceItems(out, "services", detail.services());
      neighbours(out, "callers", detail.callers());
      neighbours(out, "callees", detail.callees());
      out.writeEndObject();
    });
  }

  private static void head(JsonGenerator out, MeshLists lists) throws IOException {
    out.writeStartObject();
    Json.time(out, "at", lists.at());
    out.writeStringField("window", lists.window().toString());
    out.writeBooleanField("stale", lists.staleSince() != null);
    Json.time(out, "staleSince", lists.staleSince());
    SourceJson.sources(out, lists.sources());
  }

  private static void serviceItems(JsonGenerator out, String field, List<ServiceItem> items)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (ServiceItem item : items) {
      out.writeStartObject();
      service(out, item);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void service(JsonGenerator out, ServiceItem item) throws IOException {
    ServiceFact fact = item.fact();
    out.writeStringField("cluster", fact.cluster());
    out.writeStringField("namespace", fact.namespace());
    out.writeStringField("name", fact.name());
    out.writeArrayFieldStart("ports");
    for (PortFact port : fact.ports()) {
      out.writeStartObject();
      out.writeNumberField("number", port.number());
      out.writeStringField("name", port.name());
      out.writeStringField("protocol", port.protocol());
      out.writeEndObject();
    }
    out.writeEndArray();
    Json.texts(out, "labels", fact.labels());
    Json.texts(out, "selector", fact.selector());
    Json.texts(out, "versions", item.versions());
    Json.texts(out, "config", fact.config().stream().sorted().map(ConfigFlag::wireName).toList());
    objects(out, fact.objects());
    GraphJson.health(out, item.health());
    red(out, "in", item.in());
    out.writeBooleanField("isServiceEntry", item.entry() != null);
    Json.texts(out, "hosts", item.hosts());
  }

  private static void workloadItems(JsonGenerator out, String field, List<WorkloadItem> items)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (WorkloadItem item : items) {
      out.writeStartObject();
      workload(out, item);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void workload(JsonGenerator out, WorkloadItem item) throws IOException {
    WorkloadFact fact = item.fact();
    out.writeStringField("cluster", fact.cluster());
    out.writeStringField("namespace", fact.namespace());
    out.writeStringField("name", fact.name());
    out.writeStringField("kind", fact.kind());
    out.writeStringField("app", fact.app());
    out.writeStringField("version", fact.version());
    Json.texts(out, "labels", fact.labels());
    if (item.inCluster()) {
      out.writeObjectFieldStart("replicas");
      out.writeNumberField("desired", fact.desired());
      out.writeNumberField("current", fact.current());
      out.writeNumberField("available", fact.available());
      out.writeEndObject();
    } else {
      out.writeNullField("replicas");
    }
    Json.number(
        out, "syncedProxies", fact.syncedProxies() < 0 ? null : (double) fact.syncedProxies());
    out.writeStringField("dataPlane", name(fact.dataPlane()));
    objects(out, fact.objects());
    GraphJson.health(out, item.health());
    red(out, "in", item.in());
    red(out, "out", item.out());
  }

  private static String name(DataPlane dataPlane) {
    return dataPlane == DataPlane.OUT_OF_MESH
        ? "outOfMesh"
        : dataPlane.name().toLowerCase(Locale.ROOT);
  }

  private static void objects(JsonGenerator out, List<ObjectRef> objects) throws IOException {
    out.writeArrayFieldStart("objects");
    for (ObjectRef object : objects) {
      out.writeStartObject();
      out.writeStringField("kind", object.kind());
      out.writeStringField("namespace", object.namespace());
      out.writeStringField("name", object.name());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void neighbours(JsonGenerator out, String field, List<Neighbour> neighbours)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (Neighbour neighbour : neighbours) {
      out.writeStartObject();
      out.writeFieldName("node");
      GraphJson.node(out, neighbour.node());
      out.writeFieldName("edge");
      GraphJson.edge(out, neighbour.edge());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  static void red(JsonGenerator out, String field, Red red) throws IOException {
    out.writeObjectFieldStart(field);
    out.writeObjectFieldStart("protocol");
    requests(out, "http", red.http());
    requests(out, "grpc", red.grpc());
    out.writeEndObject();
    Double tcp = red.tcpBytesPerSecond();
    if (tcp == null) {
      out.writeNullField("tcp");
    } else {
      out.writeObjectFieldStart("tcp");
      Json.number(out, "bytesPerSecond", tcp);
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void requests(JsonGenerator out, String field, Red.@Nullable Requests requests)
      throws IOException {
    if (requests == null) {
      out.writeNullField(field);
      return;
    }
    out.writeObjectFieldStart(field);
    Json.number(out, "perSecond", requests.perSecond());
    Json.number(out, "errorShare", requests.errorShare());
    Json.number(out, "p50", requests.p50Millis());
    Json.number(out, "p95", requests.p95Millis());
    Json.number(out, "p99", requests.p99Millis());
    Json.number(out, "avg", requests.averageMillis());
    out.writeEndObject();
  }
}
