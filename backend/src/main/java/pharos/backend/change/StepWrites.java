package pharos.backend.change;

import java.util.Objects;
import pharos.backend.change.ClusterWriter.Write;
import pharos.config.resource.JsonText;
import pharos.config.resource.Node;

/** What is sent for the steps of a change. */
final class StepWrites {
  private StepWrites() {}

  /** The write of a step, over what the step before left of the same object. */
  static Write of(Change change, Step step) {
    return switch (step.op()) {
      case CREATE ->
          new Write.Create(step.key(), step.version(), Objects.requireNonNull(step.after()));
      case REPLACE -> {
        Node.Mapping after = Images.read(Objects.requireNonNull(step.after()));
        yield new Write.Replace(
            step.key(), step.version(), JsonText.of(Images.restored(after, base(change, step))));
      }
      case DELETE -> {
        Node.Mapping base = base(change, step);
        yield new Write.Delete(
            step.key(), step.version(), Images.uid(base), Images.resourceVersion(base));
      }
    };
  }

  /** What stood there before this step: what an earlier step left, or what the preview showed. */
  static Node.Mapping base(Change change, Step step) {
    return change.steps().stream()
        .filter(other -> other.number() < step.number() && other.key().equals(step.key()))
        .map(Step::left)
        .filter(left -> left != null && !left.isEmpty())
        .reduce((_, newest) -> newest)
        .map(Images::read)
        .orElseGet(() -> Images.read(Objects.requireNonNull(step.before())));
  }
}
