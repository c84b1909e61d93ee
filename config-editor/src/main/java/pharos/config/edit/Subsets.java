package pharos.config.edit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Named versions of a host. */
final class Subsets {
  private static final Path LIST = Path.of("spec", "subsets");

  private Subsets() {}

  /** Position of a subset, or -1. */
  static int find(String name, ObjectEditor editor) {
    List<Node> subsets = editor.items(LIST);
    for (int i = 0; i < subsets.size(); i++) {
      if (Fields.text(subsets.get(i), "name").equals(name)) {
        return i;
      }
    }
    return -1;
  }

  static void put(Edit.PutSubset edit, ObjectEditor editor) {
    Map<String, String> labels = new TreeMap<>(edit.labels());
    int at = find(edit.name(), editor);
    if (at < 0) {
      Map<String, Node> subset = new LinkedHashMap<>();
      subset.put("name", Trees.text(edit.name()));
      subset.put("labels", Trees.texts(labels));
      editor.append(LIST, Trees.object(subset));
      return;
    }
    Path present = LIST.index(at).key("labels");
    Fields.map(editor.at(present)).keySet().stream()
        .filter(key -> !labels.containsKey(key))
        .forEach(key -> editor.remove(present.key(key)));
    labels.forEach((key, value) -> editor.set(present.key(key), Trees.text(value)));
  }

  static void remove(Edit.RemoveSubset edit, ObjectEditor editor) {
    int at = find(edit.name(), editor);
    if (at >= 0) {
      editor.remove(editor.items(LIST).size() == 1 ? LIST : LIST.index(at));
    }
  }
}
