package pharos.config.check.authoring;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.Fix;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/**
 * Group, version and kind as written, against what the API serves. The reader has already taken a
 * misspelt kind for the one that was meant ({@link pharos.config.schema.MeantKind}).
 */
record KindCheck(Kind kind) implements ObjectCheck {
  private static final Path API_VERSION = Path.of("apiVersion");
  private static final Path KIND = Path.of("kind");

  @Override
  public String name() {
    return "authoring.Kind";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(kind);
  }

  @Override
  public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    Kinds.Facts facts = Kinds.facts(kind);
    if (facts == null || resource.isLive()) {
      return;
    }
    int slash = resource.apiVersion().indexOf('/');
    String group = slash < 0 ? "" : resource.apiVersion().substring(0, slash);
    String version = resource.apiVersion().substring(slash + 1);
    if (!group.equals(kind.group())) {
      String served = facts.versions().contains(version) ? version : facts.versions().getFirst();
      String meant = kind.group().isEmpty() ? served : kind.group() + "/" + served;
      report.accept(
          replaced(
              resource, API_VERSION, meant, AuthoringMessage.UNKNOWN_KIND, group, kind.group()));
    } else if (!facts.versions().contains(version)) {
      String newest = facts.versions().getFirst();
      report.accept(
          replaced(
              resource,
              API_VERSION,
              group.isEmpty() ? newest : group + "/" + newest,
              AuthoringMessage.UNSERVED_VERSION,
              kind.name(),
              version,
              String.join(", ", facts.versions())));
    }
    if (resource.root().value("kind") instanceof Node.Scalar written
        && !written.text().equals(kind.name())) {
      report.accept(
          replaced(
              resource,
              KIND,
              kind.name(),
              AuthoringMessage.UNKNOWN_KIND,
              written.text(),
              kind.name()));
    }
  }

  private Finding replaced(
      Resource resource, Path path, String text, AuthoringMessage type, Object... arguments) {
    Finding finding = Finding.at(resource, path, name(), type, arguments);
    Fix fix = Corrections.value(resource, path, text);
    return fix == null ? finding : finding.withFixes(List.of(fix));
  }
}
