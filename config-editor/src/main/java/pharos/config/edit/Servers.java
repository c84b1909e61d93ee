package pharos.config.edit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Ports that a Gateway opens. */
final class Servers {
  private static final Path LIST = Path.of("spec", "servers");

  private Servers() {}

  private static int find(String name, ObjectEditor editor) {
    List<Node> servers = editor.items(LIST);
    for (int i = 0; i < servers.size(); i++) {
      if (Fields.text(servers.get(i), "port", "name").equals(name)) {
        return i;
      }
    }
    return -1;
  }

  static void put(Edit.PutServer edit, ObjectEditor editor) {
    Edit.Server server = edit.server();
    int at = find(server.name(), editor);
    if (at < 0) {
      editor.append(LIST, whole(server));
      return;
    }
    Path present = LIST.index(at);
    editor.set(present.key("port").key("number"), Trees.number(server.port()));
    editor.set(present.key("port").key("protocol"), Trees.text(server.protocol()));
    editor.set(present.key("hosts"), Trees.texts(server.hosts()));
    Path tls = present.key("tls");
    text(editor, tls.key("mode"), server.mode(), present);
    text(editor, tls.key("credentialName"), server.credential(), present);
    if (server.httpsRedirect()) {
      editor.set(tls.key("httpsRedirect"), Trees.flag(true));
    } else {
      editor.prune(tls.key("httpsRedirect"), present);
    }
  }

  private static void text(ObjectEditor editor, Path path, String text, Path upTo) {
    if (text.isEmpty()) {
      editor.prune(path, upTo);
    } else {
      editor.set(path, Trees.text(text));
    }
  }

  private static Node whole(Edit.Server server) {
    Map<String, Node> port = new LinkedHashMap<>();
    port.put("number", Trees.number(server.port()));
    port.put("name", Trees.text(server.name()));
    port.put("protocol", Trees.text(server.protocol()));
    Map<String, Node> tls = new LinkedHashMap<>();
    if (!server.mode().isEmpty()) {
      tls.put("mode", Trees.text(server.mode()));
    }
    if (!server.credential().isEmpty()) {
      tls.put("credentialName", Trees.text(server.credential()));
    }
    if (server.httpsRedirect()) {
      tls.put("httpsRedirect", Trees.flag(true));
    }
    Map<String, Node> whole = new LinkedHashMap<>();
    whole.put("port", Trees.object(port));
    whole.put("hosts", Trees.texts(server.hosts()));
    if (!tls.isEmpty()) {
      whole.put("tls", Trees.object(tls));
    }
    return Trees.object(whole);
  }

  static void remove(Edit.RemoveServer edit, ObjectEditor editor) {
    int at = find(edit.name(), editor);
    if (at < 0) {
      return;
    }
    if (editor.items(LIST).size() == 1) {
      throw new Edits.NotPossible(
          "%s would be without a server, which Istio refuses: delete the Gateway"
              .formatted(edit.object().origin()));
    }
    editor.remove(LIST.index(at));
  }
}
