package pharos.config.edit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Rules of routes: where they stand, and whole ones more or less. */
final class Rules {
  private Rules() {}

  /** The rules of one protocol. */
  static Path list(Edit edit, Edit.Protocol protocol) {
    return edit.object().kind().equals(Kinds.VIRTUAL_SERVICE)
        ? Path.of("spec", protocol.name().toLowerCase(Locale.ROOT))
        : Path.of("spec", "rules");
  }

  /** A rule that must be there. */
  static Path at(Edit edit, Edit.Protocol protocol, int rule, ObjectEditor editor) {
    Path list = list(edit, protocol);
    int count = editor.items(list).size();
    if (rule < 0 || rule >= count) {
      throw new Edits.NotPossible(
          "%s has no rule %d (%s has %d)".formatted(edit.object().origin(), rule, list, count));
    }
    return list.index(rule);
  }

  /** An HTTP rule of a VirtualService, which must be there. */
  static Path http(Edit edit, int rule, ObjectEditor editor) {
    if (!edit.object().kind().equals(Kinds.VIRTUAL_SERVICE)) {
      throw new Edits.NotPossible("%s is no VirtualService".formatted(edit.object().origin()));
    }
    return at(edit, Edit.Protocol.HTTP, rule, editor);
  }

  static void remove(Edit.RemoveRule edit, ObjectEditor editor) {
    Path rule = at(edit, edit.protocol(), edit.rule(), editor);
    Path list = list(edit, edit.protocol());
    // An empty list would be refused where another protocol has rules.
    editor.remove(editor.items(list).size() == 1 ? list : rule);
  }

  static void insert(Edit.RouteRequests edit, ObjectEditor editor) {
    if (!edit.object().kind().equals(Kinds.VIRTUAL_SERVICE)) {
      throw new Edits.NotPossible("%s is no VirtualService".formatted(edit.object().origin()));
    }
    Path list = list(edit, Edit.Protocol.HTTP);
    int count = editor.items(list).size();
    if (edit.at() < 0 || edit.at() > count) {
      throw new Edits.NotPossible(
          "%d is no position for a rule (%s has %d)".formatted(edit.at(), list, count));
    }
    Map<String, Node> rule = new LinkedHashMap<>();
    if (!edit.name().isEmpty()) {
      rule.put("name", Trees.text(edit.name()));
    }
    Map<String, Node> match = match(edit);
    if (!match.isEmpty()) {
      rule.put("match", Trees.list(List.of(Trees.object(match))));
    }
    rule.put("route", Weights.destinations(edit.shares()));
    editor.insert(list, edit.at(), Trees.object(rule));
  }

  private static Map<String, Node> match(Edit.RouteRequests edit) {
    Map<String, Node> match = new LinkedHashMap<>();
    if (edit.uri() != null) {
      match.put("uri", text(edit.uri()));
    }
    if (edit.method() != null) {
      match.put("method", text(edit.method()));
    }
    if (!edit.headers().isEmpty()) {
      Map<String, Node> headers = new LinkedHashMap<>();
      // Names of headers match in lower case only.
      new TreeMap<>(edit.headers())
          .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), text(value)));
      match.put("headers", Trees.object(headers));
    }
    return match;
  }

  private static Node text(Edit.TextMatch match) {
    return Trees.object(
        Map.of(match.kind().name().toLowerCase(Locale.ROOT), Trees.text(match.value())));
  }
}
