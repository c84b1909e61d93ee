package pharos.config.check.schema;

import java.util.List;
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
      List<Node> entries = Fields.items(telemetry.spec(), part);
      for (int i = 0; i < entries.size(); i++) {
        providers(entries.get(i), SPEC.key(part).index(i).key("providers"), verdicts);
      }
    }
    List<Node> tracing = Fields.items(telemetry.spec(), "tracing");
    verdicts.warningIf(
        tracing.size() > 1, SPEC.key("tracing"), "multiple tracing is not currently supported");
    for (int i = 0; i < tracing.size(); i++) {
      tracing(tracing.get(i), SPEC.key("tracing").index(i), verdicts);
    }
    List<Node> metrics = Fields.items(telemetry.spec(), "metrics");
    for (int i = 0; i < metrics.size(); i++) {
      List<Node> overrides = Fields.items(metrics.get(i), "overrides");
      for (int j = 0; j < overrides.size(); j++) {
        Path path = SPEC.key("metrics").index(i).key("overrides").index(j).key("tagOverrides");
        tagOverrides(overrides.get(j), path, verdicts);
      }
    }
  }

  private static void providers(Node entry, Path path, Verdicts verdicts) {
    List<Node> providers = Fields.items(entry, "providers");
    for (int i = 0; i < providers.size(); i++) {
      verdicts.errorIf(
          Fields.text(providers.get(i), "name").isEmpty(),
          path.index(i).key("name"),
          "providers.name may not be empty");
    }
  }

  private static void tracing(Node tracing, Path path, Verdicts verdicts) {
    verdicts.warningIf(
        Fields.items(tracing, "providers").size() > 1,
        path.key("providers"),
        "multiple providers is not currently supported");
    double sampling = Values.decimal(tracing, "randomSamplingPercentage");
    verdicts.errorIf(
        sampling < 0 || sampling > 100,
        path.key("randomSamplingPercentage"),
        "randomSamplingPercentage must be in range [0.0, 100.0]");
    Fields.entries(tracing, "customTags")
        .forEach((name, tag) -> {
          Path at = path.key("customTags").key(name);
          emptyTag(tag, "literal", "value", at, verdicts);
          emptyTag(tag, "header", "name", at, verdicts);
          emptyTag(tag, "environment", "name", at, verdicts);
          verdicts.errorIf(name.isEmpty(), at, "tag name may not be empty");
        });
  }

  private static void emptyTag(Node tag, String kind, String field, Path path, Verdicts verdicts) {
    verdicts.errorIf(
        Fields.has(tag, kind) && Fields.text(tag, kind, field).isEmpty(),
        path.key(kind).key(field),
        "%s tag %s may not be empty".formatted(kind, field));
  }

  private static void tagOverrides(Node override, Path path, Verdicts verdicts) {
    Fields.entries(override, "tagOverrides")
        .forEach((name, tag) -> {
          boolean removes = Fields.text(tag, "operation").equals("REMOVE");
          boolean hasValue = !Fields.text(tag, "value").isEmpty();
          verdicts.errorIf(
              !removes && !hasValue,
              path.key(name),
              "tagOverrides.value must be set when operation is UPSERT");
          verdicts.errorIf(
              removes && hasValue,
              path.key(name).key("value"),
              "tagOverrides.value may only be set when operation is UPSERT");
        });
  }
}
