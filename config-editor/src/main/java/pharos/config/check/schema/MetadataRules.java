package pharos.config.check.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** Annotations that the webhook refuses (analysis catalog 6.1). */
final class MetadataRules {
  private static final String DRY_RUN = "istio.io/dry-run";
  private static final Set<String> BOOLEANS =
      Set.of("1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False");

  private MetadataRules() {}

  /** Reports the first rule broken. */
  static void apply(Resource resource, Verdicts verdicts) {
    Map<String, String> annotations = resource.annotations();
    Path path = Path.of("metadata", "annotations");
    String name = resource.key().namespace() + "/" + resource.key().name();
    if (annotations.containsKey(DRY_RUN)) {
      String value = annotations.getOrDefault(DRY_RUN, "");
      String action = Fields.text(resource.spec(), "action");
      if (!resource.key().kind().equals(Kinds.AUTHORIZATION_POLICY)) {
        verdicts.error(
            path.key(DRY_RUN),
            "%s has unsupported annotation istio.io/dry-run, please remove the annotation"
                .formatted(name));
        return;
      }
      if (!action.isEmpty() && !action.equals("ALLOW") && !action.equals("DENY")) {
        verdicts.error(
            path.key(DRY_RUN),
            "the annotation istio.io/dry-run currently only supports action ALLOW/DENY, found action %s in %s"
                .formatted(action, name));
        return;
      }
      if (!BOOLEANS.contains(value)) {
        verdicts.error(
            path.key(DRY_RUN),
            "%s has annotation istio.io/dry-run with invalid value (%s): strconv.ParseBool: parsing \"%s\": invalid syntax"
                .formatted(name, value, value));
        return;
      }
    }
    if (annotations.containsKey("internal.istio.io/webhook-always-reject")) {
      verdicts.error(
          path, "\"internal.istio.io/webhook-always-reject\" annotation found, rejecting");
      return;
    }
    for (String forbidden :
        List.of("internal.istio.io/parent-namespace", "internal.istio.io/parents")) {
      if (annotations.containsKey(forbidden)) {
        verdicts.error(
            path, "\"%s\" annotation found, this may not be set by users".formatted(forbidden));
        return;
      }
    }
  }
}
