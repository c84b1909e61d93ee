package pharos.config.check.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.check.IstioMessage;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Rules and matches that can never be reached (analysis catalog 6.4.8). */
final class UnreachableRules {
  private final String protocol;
  private final Verdicts verdicts;
  private final Map<Object, String> seen = new HashMap<>();
  private final List<PrefixMatch> prefixes = new ArrayList<>();
  private boolean earlierWithoutMatch;

  private record PrefixMatch(String rule, String match, String prefix, Node node, Path path) {}

  private UnreachableRules(String protocol, Verdicts verdicts) {
    this.protocol = protocol;
    this.verdicts = verdicts;
  }

  static void check(String protocol, List<Node> rules, Verdicts verdicts) {
    UnreachableRules check = new UnreachableRules(protocol, verdicts);
    for (int i = 0; i < rules.size(); i++) {
      check.rule(rules.get(i), i);
    }
    if (protocol.equals("http")) {
      check.coveredPrefixes();
    }
  }

  private void rule(Node rule, int index) {
    String name = label(protocol.equals("http") ? Fields.text(rule, "name") : "", index);
    Path path = Path.of("spec", protocol, index);
    List<Node> matches = Fields.items(rule, "match");
    if (matches.isEmpty()) {
      if (earlierWithoutMatch) {
        unreachable(path, name, "only the last rule can have no matches");
      }
      earlierWithoutMatch = true;
      return;
    }
    int duplicates = 0;
    for (int i = 0; i < matches.size(); i++) {
      Path at = path.key("match").index(i);
      Node match = matches.get(i);
      if (earlierWithoutMatch) {
        unreachable(at, name, "route without matches defined before");
        continue;
      }
      String matchName = label(protocol.equals("http") ? Fields.text(match, "name") : "", i);
      Object key = comparable(match);
      String earlier = seen.putIfAbsent(key, name);
      if (earlier != null) {
        duplicates++;
        ineffective(at, name, matchName, earlier);
        continue;
      }
      String prefix = Fields.text(match, "uri", "prefix");
      if (protocol.equals("http") && !prefix.isEmpty()) {
        prefixes.add(new PrefixMatch(name, matchName, prefix, match, at));
      }
    }
    if (duplicates == matches.size()) {
      unreachable(path, name, "all matches used by prior rules");
    }
  }

  private static String label(String name, int index) {
    return name.isEmpty() ? "#" + index : "\"" + name + "\"";
  }

  /** A match without its name, to be compared by value. */
  private static Object comparable(Node match) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Fields.entries(match)
        .forEach((key, value) -> {
          if (!key.equals("name")) {
            values.put(key, Node.plain(value));
          }
        });
    return values;
  }

  private void coveredPrefixes() {
    for (int b = 1; b < prefixes.size(); b++) {
      for (int a = 0; a < b; a++) {
        PrefixMatch first = prefixes.get(a);
        PrefixMatch second = prefixes.get(b);
        if (covers(first, second)) {
          ineffective(
              second.path(),
              second.rule(),
              "%s of prefix %s".formatted(second.match(), second.prefix()),
              "%s of prefix %s on %s".formatted(first.match(), first.prefix(), first.rule()));
        }
      }
    }
  }

  private static boolean covers(PrefixMatch a, PrefixMatch b) {
    if (a.prefix().equals(b.prefix()) || !b.prefix().startsWith(a.prefix())) {
      return false;
    }
    if (Fields.number(a.node(), "port") != Fields.number(b.node(), "port")) {
      return false;
    }
    return method(a.node()).startsWith(method(b.node()))
        && value(Fields.node(a.node(), "authority"))
            .startsWith(value(Fields.node(b.node(), "authority")))
        && mapCovers(a.node(), b.node(), "headers")
        && mapCovers(a.node(), b.node(), "queryParams")
        && mapCovers(a.node(), b.node(), "withoutHeaders");
  }

  private static String method(Node match) {
    return Fields.has(match, "method") ? value(Fields.node(match, "method")) : "exact:GET";
  }

  private static String value(@Nullable Node match) {
    if (Fields.has(match, "exact")) {
      return "exact:" + Fields.text(match, "exact");
    }
    return Fields.has(match, "prefix") ? "prefix:" + Fields.text(match, "prefix") : "";
  }

  private static boolean mapCovers(Node a, Node b, String field) {
    Map<String, Node> left = new TreeMap<>(Fields.entries(a, field));
    Map<String, Node> right = new TreeMap<>(Fields.entries(b, field));
    if (!left.keySet().equals(right.keySet())) {
      return false;
    }
    return left.entrySet().stream()
        .allMatch(entry -> value(entry.getValue()).startsWith(value(right.get(entry.getKey()))));
  }

  private void unreachable(Path path, String rule, String reason) {
    verdicts.warning(
        path,
        "virtualService rule %s not used (%s)".formatted(rule, reason),
        IstioMessage.VIRTUAL_SERVICE_UNREACHABLE_RULE,
        rule,
        reason);
  }

  private void ineffective(Path path, String rule, String match, String other) {
    verdicts.warning(
        path,
        "virtualService rule %s match %s is not used (duplicate/overlapping match in rule %s)"
            .formatted(rule, match, other),
        IstioMessage.VIRTUAL_SERVICE_INEFFECTIVE_MATCH,
        rule,
        match,
        other);
  }
}
