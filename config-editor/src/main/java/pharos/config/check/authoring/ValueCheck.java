package pharos.config.check.authoring;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.Fix;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.check.SlashComments;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Place;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Values that hold more than was meant: {@code //} comments. */
record ValueCheck(Kind kind) implements ObjectCheck {
  @Override
  public String name() {
    return "authoring.Values";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(kind);
  }

  @Override
  public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    if (!resource.isLive()) {
      walk(resource, resource.root(), Path.ROOT, report);
    }
  }

  private void walk(Resource resource, Node node, Path path, Consumer<Finding> report) {
    switch (node) {
      case Node.Mapping mapping ->
          mapping
              .entries()
              .forEach((key, entry) -> walk(resource, entry.value(), path.key(key), report));
      case Node.Sequence sequence -> {
        for (int i = 0; i < sequence.items().size(); i++) {
          walk(resource, sequence.items().get(i), path.index(i), report);
        }
      }
      case Node.Scalar scalar -> {
        int start = SlashComments.start(scalar);
        if (start >= 0) {
          comment(resource, scalar, start, path, report);
        }
      }
    }
  }

  private void comment(
      Resource resource, Node.Scalar scalar, int start, Path path, Consumer<Finding> report) {
    Finding finding = Finding.at(resource, path, name(), AuthoringMessage.SLASH_COMMENT);
    Place place = scalar.start();
    boolean oneLine = place.line() == scalar.end().line();
    report.accept(
        oneLine
            ? finding.withFixes(
                List.of(
                    Fix.replace(
                        "Write # instead of //",
                        after(place, start),
                        after(place, start + 2),
                        "#")))
            : finding);
  }

  private static Place after(Place place, int characters) {
    return new Place(place.line(), place.column() + characters, place.offset() + characters);
  }
}
