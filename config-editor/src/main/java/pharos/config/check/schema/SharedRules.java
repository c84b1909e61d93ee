package pharos.config.check.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Rules for parts that several kinds have in common (analysis catalog 6.1 and 6.7). */
final class SharedRules {
  private static final Set<String> TARGETS =
      Set.of(
          "/Service",
          "core/Service",
          "networking.istio.io/ServiceEntry",
          "gateway.networking.k8s.io/Gateway",
          "gateway.networking.k8s.io/GatewayClass");

  private SharedRules() {}

  /** {@code exportTo} of an object in {@code namespace}. */
  static void exportTo(
      List<String> entries,
      String namespace,
      boolean serviceEntry,
      boolean ruleWithSelector,
      Verdicts verdicts) {
    Path path = Path.of("spec", "exportTo");
    Set<String> accepted = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      String entry = entries.get(i);
      String scope = entry.equals(".") ? namespace : entry;
      if (accepted.contains(scope)) {
        verdicts.error(
            path.index(i),
            entry.equals(".")
                ? "duplicate entries in exportTo: . and current namespace " + namespace
                : "duplicate entries in exportTo for entry " + entry);
      } else if (scope.equals("~")) {
        accepted.add(scope);
        verdicts.errorIf(
            !serviceEntry,
            path.index(i),
            "exportTo ~ (none) is not allowed for Istio configuration objects");
      } else if (!scope.equals("*") && !Names.isLabel(scope)) {
        verdicts.error(
            path.index(i), "only .,*, or a valid DNS 1123 label is allowed as exportTo entry");
      } else {
        accepted.add(scope);
      }
    }
    if (ruleWithSelector && !accepted.isEmpty()) {
      if (!accepted.contains(namespace)) {
        verdicts.error(
            path,
            "destination rule with workload selector cannot have exportTo beyond current"
                + " namespace");
      } else if (accepted.size() > 1) {
        verdicts.error(
            path,
            "destination rule with workload selector cannot have multiple entries in exportTo");
      }
    }
    if (entries.size() > 1 && accepted.contains("*")) {
      verdicts.error(
          path, "cannot have both public (*) and non-public exportTo values for a resource");
    }
    if (entries.size() > 1 && serviceEntry && accepted.contains("~")) {
      verdicts.error(path, "cannot export service entry to no one (~) and someone");
    }
  }

  /**
   * A workload selector; {@code prefix} stands before the warning. Returns false when an error in
   * it must end the whole validation.
   */
  static boolean workloadSelector(
      @Nullable Node selector,
      String field,
      Path path,
      String prefix,
      String suffix,
      Verdicts verdicts) {
    if (selector == null) {
      return true;
    }
    Map<String, String> labels = Fields.map(selector, field);
    boolean fine = true;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      String pair = label.getKey() + "=" + label.getValue();
      if (label.getKey().isEmpty()) {
        verdicts.error(
            path.key(field), "empty key is not supported in selector: \"%s\"".formatted(pair));
        fine = false;
      }
      if (pair.contains("*")) {
        verdicts.error(
            path.key(field), "wildcard is not supported in selector: \"%s\"".formatted(pair));
        fine = false;
      }
    }
    verdicts.warningIf(
        labels.isEmpty(), path, prefix + "workload selector specified without labels" + suffix);
    return fine;
  }

  /** {@code matchLabels} form. */
  static void matchLabels(@Nullable Node selector, Path path, Verdicts verdicts) {
    workloadSelector(selector, "matchLabels", path, "", "", verdicts);
  }

  /** {@code selector}, {@code targetRef} and {@code targetRefs}, of which only one may be set. */
  static void target(@Nullable Node spec, Verdicts verdicts) {
    Path at = Path.of("spec");
    List<Node> references = Fields.items(spec, "targetRefs");
    int set =
        (Fields.has(spec, "selector") ? 1 : 0)
            + (Fields.has(spec, "targetRef") ? 1 : 0)
            + (references.isEmpty() ? 0 : 1);
    verdicts.errorIf(set > 1, at, "only one of targetRefs or workloadSelector can be set");
    if (Fields.has(spec, "targetRef")) {
      reference(Fields.node(spec, "targetRef"), at.key("targetRef"), verdicts);
    }
    for (int i = 0; i < references.size(); i++) {
      reference(references.get(i), at.key("targetRefs").index(i), verdicts);
    }
    matchLabels(Fields.node(spec, "selector"), at.key("selector"), verdicts);
  }

  private static void reference(@Nullable Node reference, Path path, Verdicts verdicts) {
    verdicts.errorIf(Fields.text(reference, "name").isEmpty(), path, "targetRef name must be set");
    verdicts.errorIf(
        !Fields.text(reference, "namespace").isEmpty(),
        path,
        "targetRef namespace must not be set; cross namespace referencing is not supported");
    String target = Fields.text(reference, "group") + "/" + Fields.text(reference, "kind");
    verdicts.errorIf(
        !TARGETS.contains(target),
        path,
        "targetRef must be to one of %s but was %s"
            .formatted(
                "[Gateway.gateway.networking.k8s.io GatewayClass Service ServiceEntry]", target));
  }
}
