package pharos.config.check.traffic;

import java.util.ArrayList;
import java.util.List;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** One entry of {@code http}, {@code tls} or {@code tcp} of a VirtualService, with its place. */
public record Rule(String protocol, int index, Node node) {
  /** All rules, as they stand. */
  public static List<Rule> of(Resource virtualService) {
    List<Rule> rules = new ArrayList<>();
    for (String protocol : List.of("http", "tls", "tcp")) {
      List<Node> nodes = Fields.items(virtualService.spec(), protocol);
      for (int i = 0; i < nodes.size(); i++) {
        rules.add(new Rule(protocol, i, nodes.get(i)));
      }
    }
    return rules;
  }

  /** The rules for HTTP. */
  public static List<Rule> http(Resource virtualService) {
    return of(virtualService).stream().filter(Rule::isHttp).toList();
  }

  public boolean isHttp() {
    return protocol.equals("http");
  }

  public Path path() {
    return Path.of("spec", protocol, index);
  }

  public List<Node> matches() {
    return Fields.items(node, "match");
  }

  public Path matchPath(int match) {
    return path().key("match").index(match);
  }

  public List<Node> routes() {
    return Fields.items(node, "route");
  }

  /** How a person names it. */
  public String label() {
    String name = isHttp() ? Fields.text(node, "name") : "";
    return name.isEmpty()
        ? protocol + "[" + index + "]"
        : protocol + "[" + index + "] \"" + name + "\"";
  }
}
