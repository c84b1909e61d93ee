package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** Manifests as users write them. JSON is YAML too. */
public final class ManifestYaml {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ManifestYaml() {}

  /**
   * All objects of a file; empty documents are skipped.
   *
   * @throws IllegalArgumentException if it is not YAML, or a document is no object
   */
  public static List<ObjectNode> read(String yaml) {
    List<ObjectNode> manifests = new ArrayList<>();
    try {
      for (Object document :
          new Load(LoadSettings.builder().setSchema(new JsonSchema()).build())
              .loadAllFromString(yaml)) {
        if (document == null) {
          continue;
        }
        JsonNode node = JSON.readTree(JSON.writeValueAsString(document));
        if (!(node instanceof ObjectNode object)) {
          throw new IllegalArgumentException("a document is no object: " + node.getNodeType());
        }
        manifests.add(object);
      }
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("not YAML: " + e.getMessage(), e);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON types: " + e.getOriginalMessage(), e);
    }
    return manifests;
  }
}
