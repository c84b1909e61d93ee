package pharos.config.check.schema;

import java.util.List;
import java.util.Map;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** Telemetry (analysis catalog 6.7). */
final class TelemetryRules implements KindRules {
  private static final Path SPEC = Path.of("spec");

  @Override
  public void apply(Resource telemetry, boolean withMetadata, Verdicts verdicts) {
    SharedRules.target(telemetry.spec(), verdicts);
    for (String part : List.of("tracing", "metrics", "accessLogging")) {
      for (Node entry : Fields.items(telemetry.spec(), part)) {
        for (Node provider : Fields.items(entry, "providers")) {
          verdicts.errorIf(
              Fields.text(provider, "name").isEmpty(),
              SPEC.key(part),
              "providers.name may not be empty");
        }
      }
    }
    List<Node> tracing = Fields.items(telemetry.spec(), "tracing");
    verdicts.warningIf(
        tracing.size() > 1, SPEC.key("tracing"), "multiple tracing is not currently supported");
    tracing.forEach(entry -> tracing(entry, verdicts));
    for (Node metrics : Fields.items(telemetry.spec(), "metrics")) {
      for (Node override : Fields.items(metrics, "overrides")) {
        tagOverrides(override, verdicts);
      }
    }
  }

  private static void tracing(Node tracing, Verdicts verdicts) {
    Path path = SPEC.key("tracing");
    verdicts.warningIf(
        Fields.items(tracing, "providers").size() > 1,
        path,
        "multiple providers is not currently supported");
    double sampling = Values.decimal(tracing, "randomSamplingPercentage");
    verdicts.errorIf(
        sampling < 0 || sampling > 100,
        path,
        "randomSamplingPercentage must be in range [0.0, 100.0]");
    for (Map.Entry<String, Node> tag : Fields.entries(tracing, "customTags").entrySet()) {
      Node value = tag.getValue();
      verdicts.errorIf(
          Fields.has(value, "literal") && Fields.text(value, "literal", "value").isEmpty(),
          path,
          "literal tag value may not be empty");
      verdicts.errorIf(
          Fields.has(value, "header") && Fields.text(value, "header", "name").isEmpty(),
          path,
          "header tag name may not be empty");
      verdicts.errorIf(
          Fields.has(value, "environment") && Fields.text(value, "environment", "name").isEmpty(),
          path,
          "environment tag name may not be empty");
      verdicts.errorIf(tag.getKey().isEmpty(), path, "tag name may not be empty");
    }
  }

  private static void tagOverrides(Node override, Verdicts verdicts) {
    for (Map.Entry<String, Node> tag : Fields.entries(override, "tagOverrides").entrySet()) {
      boolean removes = Fields.text(tag.getValue(), "operation").equals("REMOVE");
      boolean hasValue = !Fields.text(tag.getValue(), "value").isEmpty();
      verdicts.errorIf(
          !removes && !hasValue,
          SPEC.key("metrics"),
          "tagOverrides.value must be set when operation is UPSERT");
      verdicts.errorIf(
          removes && hasValue,
          SPEC.key("metrics"),
          "tagOverrides.value may only be set when operation is UPSERT");
    }
  }
}
