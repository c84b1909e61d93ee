package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The documents that tell a client what is served. */
final class Discovery {
  private static final List<String> VERBS =
      List.of("create", "delete", "get", "list", "patch", "update", "watch");

  private Discovery() {}

  /** The document at a path; empty if the path is none of discovery. */
  static Optional<ObjectNode> at(String path) {
    String[] steps = path.substring(1).split("/", -1);
    return switch (steps.length) {
      case 1 ->
          switch (steps[0]) {
            case "version" -> Optional.of(version());
            case "api" -> Optional.of(coreVersions());
            case "apis" -> Optional.of(groups());
            default -> Optional.empty();
          };
      case 2 ->
          steps[0].equals("apis")
              ? Optional.of(steps[1]).filter(groupNames()::contains).map(Discovery::group)
              : resources(steps[0].equals("api") ? "" : "none", steps[1]);
      case 3 -> steps[0].equals("apis") ? resources(steps[1], steps[2]) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static ObjectNode version() {
    return node()
        .put("major", "1")
        .put("minor", "34")
        .put("gitVersion", "v1.34.0+pharos-simulator")
        .put("platform", "simulated");
  }

  private static ObjectNode coreVersions() {
    ObjectNode document = node().put("kind", "APIVersions");
    document.putArray("versions").add("v1");
    document.putArray("serverAddressByClientCIDRs");
    return document;
  }

  private static ObjectNode groups() {
    ObjectNode document = node().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = document.putArray("groups");
    groupNames().forEach(name -> groups.add(group(name)));
    return document;
  }

  private static Set<String> groupNames() {
    Set<String> names = new LinkedHashSet<>();
    ResourceTypes.ALL.forEach(type -> names.add(type.group()));
    names.remove("");
    return names;
  }

  private static ObjectNode group(String name) {
    Set<String> versions = new LinkedHashSet<>();
    ResourceTypes.ALL.stream()
        .filter(type -> type.group().equals(name))
        .forEach(type -> versions.addAll(type.versions()));
    ObjectNode group = node().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
    ArrayNode list = group.putArray("versions");
    versions.forEach(version ->
        list.addObject().put("groupVersion", name + "/" + version).put("version", version));
    group.set("preferredVersion", list.get(0));
    return group;
  }

  private static Optional<ObjectNode> resources(String group, String version) {
    List<ResourceType> types =
        ResourceTypes.ALL.stream()
            .filter(type -> type.group().equals(group) && type.versions().contains(version))
            .toList();
    if (types.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode document = node().put("kind", "APIResourceList").put("apiVersion", "v1");
    document.put("groupVersion", types.getFirst().apiVersion(version));
    ArrayNode resources = document.putArray("resources");
    for (ResourceType type : types) {
      ObjectNode resource = resources.addObject();
      resource
          .put("name", type.plural())
          .put("singularName", type.kind().toLowerCase(java.util.Locale.ROOT));
      resource.put("namespaced", type.namespaced()).put("kind", type.kind());
      ArrayNode verbs = resource.putArray("verbs");
      VERBS.forEach(verbs::add);
      ArrayNode shortNames = resource.putArray("shortNames");
      type.shortNames().forEach(shortNames::add);
      ObjectNode status = resources.addObject();
      status.put("name", type.plural() + "/status").put("singularName", "");
      status.put("namespaced", type.namespaced()).put("kind", type.kind());
      status.putArray("verbs").add("get").add("patch").add("update");
    }
    return Optional.of(document);
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
