package pharos.config.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/** Splits a VirtualService in two that do together what it did (R-DEL-1 to R-DEL-8). */
final class Delegates {
  private static final Path HTTP = Path.of("spec", "http");

  private Delegates() {}

  /**
   * The root's last rule gets no match of its own: the delegate's rules then keep theirs (R-DEL-7),
   * in the same order (R-DEL-5), and short names mean the same in the same namespace (R-DEL-4).
   */
  static Edited split(Edit.SplitDelegate edit, Snapshot mesh) {
    Resource root = mesh.get(edit.object());
    if (root == null || !edit.object().kind().equals(Kinds.VIRTUAL_SERVICE)) {
      return new Edited.Refused("there is no %s to split".formatted(edit.object().origin()));
    }
    ResourceKey key =
        new ResourceKey(Kinds.VIRTUAL_SERVICE, edit.object().namespace(), edit.delegate());
    if (mesh.get(key) != null) {
      return new Edited.Refused("%s exists already".formatted(key.origin()));
    }
    ObjectEditor editor = new ObjectEditor(root.root());
    List<Node> rules = editor.items(HTTP);
    if (edit.from() < 0 || edit.from() >= rules.size()) {
      return new Edited.Refused(
          "%s has no rule %d (it has %d)"
              .formatted(edit.object().origin(), edit.from(), rules.size()));
    }
    List<Node> moved = new ArrayList<>(rules.subList(edit.from(), rules.size()));
    for (Node rule : moved) {
      if (rule.get("delegate") != null) {
        return new Edited.Refused(
            "a rule from %d on delegates already, and a delegate may not (R-DEL-2)"
                .formatted(edit.from()));
      }
    }
    ObjectEditor delegate = new ObjectEditor(Edits.empty(key));
    Node exportTo = editor.at(Path.of("spec", "exportTo"));
    if (exportTo != null) {
      // Only the namespace of the root must see it.
      delegate.set(Path.of("spec", "exportTo"), Trees.texts(List.of(".")));
    }
    delegate.set(HTTP, Trees.list(moved));
    for (int i = rules.size() - 1; i >= edit.from(); i--) {
      editor.remove(HTTP.index(i));
    }
    Map<String, Node> reference = new LinkedHashMap<>();
    reference.put("name", Trees.text(key.name()));
    if (!key.namespace().isEmpty()) {
      reference.put("namespace", Trees.text(key.namespace()));
    }
    editor.append(HTTP, Trees.object(Map.of("delegate", Trees.object(reference))));
    // The delegate first: a root without one drops the rule (R-DEL-3).
    return new Edited.Changed(
        List.of(
            Edits.creation(key, delegate.root()),
            Edited.change(root, editor.root(), editor.operations())));
  }
}
