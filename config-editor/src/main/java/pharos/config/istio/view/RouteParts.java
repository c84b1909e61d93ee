package pharos.config.istio.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HttpRoute.WeightedDestination;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;

/** Parts that several kinds of rules have. */
final class RouteParts {
  private RouteParts() {}

  /** Of a field that is there; {@code {}} and null are conditions without a text. */
  static StringMatch match(@Nullable Node node) {
    if (Fields.has(node, "exact")) {
      return new StringMatch.Exact(Fields.text(node, "exact"));
    }
    if (Fields.has(node, "prefix")) {
      return new StringMatch.Prefix(Fields.text(node, "prefix"));
    }
    return Fields.has(node, "regex")
        ? new StringMatch.Regex(Fields.text(node, "regex"))
        : new StringMatch.Any();
  }

  static @Nullable StringMatch optionalMatch(Node parent, String key) {
    Node node = Fields.node(parent, key);
    return node == null ? null : match(node);
  }

  static Map<String, StringMatch> matches(Node parent, String key) {
    Map<String, StringMatch> matches = new TreeMap<>();
    Fields.entries(parent, key).forEach((name, value) -> matches.put(name, match(value)));
    return matches;
  }

  static HeaderOperations headers(@Nullable Node node) {
    return node == null
        ? HeaderOperations.NONE
        : new HeaderOperations(
            edits(Fields.node(node, "request")), edits(Fields.node(node, "response")));
  }

  private static HeaderOperations.Edits edits(@Nullable Node node) {
    return node == null
        ? HeaderOperations.Edits.NONE
        : new HeaderOperations.Edits(
            Fields.map(node, "set"), Fields.map(node, "add"), Fields.texts(node, "remove"));
  }

  static List<WeightedDestination> destinations(Node rule, VirtualServiceReader.ViewNames names) {
    List<WeightedDestination> destinations = new ArrayList<>();
    for (Node entry : Fields.items(rule, "route")) {
      Node destination = Fields.node(entry, "destination");
      destinations.add(
          new WeightedDestination(
              destination == null ? new Destination("", "", 0) : names.destination(destination),
              (int) Fields.number(entry, "weight"),
              headers(Fields.node(entry, "headers"))));
    }
    return destinations;
  }

  /** A percentage with digits after the point; null when it is not given. */
  static @Nullable Double decimal(@Nullable Node node, String... keys) {
    if (!(Fields.node(node, keys) instanceof Node.Scalar scalar)) {
      return null;
    }
    return scalar.value() instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
  }
}
