package pharos.backend.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import pharos.graph.sample.Inventory.ObjectRef;

/**
 * A whole object: a service, or a piece of mesh configuration.
 *
 * @param document never written to
 */
record MeshObject(String kind, String namespace, String name, JsonNode document) {

  static MeshObject of(String kind, JsonNode document) {
    JsonNode metadata = document.path("metadata");
    return new MeshObject(
        kind, metadata.path("namespace").asText(), metadata.path("name").asText(), document);
  }

  JsonNode spec() {
    return document.path("spec");
  }

  Map<String, String> labels() {
    return Json.strings(document.path("metadata").path("labels"));
  }

  String annotation(String name) {
    return document.path("metadata").path("annotations").path(name).asText();
  }

  ObjectRef reference() {
    return new ObjectRef(kind, namespace, name);
  }

  /** Whether {@code exportTo} lets the namespace see it; without the field everyone does. */
  boolean visibleFrom(String viewer) {
    List<String> exportTo = Json.list(spec().path("exportTo"));
    return exportTo.isEmpty()
        || exportTo.contains("*")
        || exportTo.contains(viewer)
        || (exportTo.contains(".") && namespace.equals(viewer));
  }
}
