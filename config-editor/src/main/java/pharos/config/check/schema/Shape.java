package pharos.config.check.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Finding;
import pharos.config.check.Fix;
import pharos.config.check.IstioMessage;
import pharos.config.check.SlashComments;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.schema.Catalogue;
import pharos.config.schema.KindSchema;
import pharos.config.schema.Mismatch;
import pharos.config.schema.Mismatch.Problem;
import pharos.config.schema.Mismatches;

/**
 * What the API server says of an object by the schema of its kind, before any webhook is asked: an
 * object is accepted when its schema and the rules of its kind accept it.
 */
final class Shape {
  private static final Path SPEC = Path.of("spec");

  private final Resource resource;
  private final List<Mismatch> refused;

  private Shape(Resource resource, List<Mismatch> refused) {
    this.resource = resource;
    this.refused = refused;
  }

  static Shape of(Resource resource) {
    // A live object was accepted, if perhaps by another version of the schema than we know.
    KindSchema schema = resource.isLive() ? null : Catalogue.of(resource.key().kind());
    return new Shape(
        resource,
        schema == null
            ? List.of()
            : Mismatches.of(schema, resource.root()).stream()
                .filter(mismatch ->
                    mismatch.problem() == Problem.UNDECODABLE
                        || mismatch.problem() == Problem.REFUSED)
                .toList());
  }

  /**
   * Whether the rules can say something of it: istioctl and the webhook could read it, or could if
   * no comment had got into its values.
   */
  boolean decodes() {
    return refused.stream()
        .filter(mismatch -> mismatch.problem() == Problem.UNDECODABLE)
        .allMatch(mismatch -> SlashComments.start(resource.root().at(mismatch.path())) >= 0);
  }

  /** What the rules have not said already: one rule broken is one finding. */
  List<Finding> findings(Verdicts verdicts, String check) {
    List<Path> said =
        verdicts.all().stream()
            .filter(Verdicts.Verdict::isError)
            .map(Verdicts.Verdict::path)
            .toList();
    List<Finding> findings = new ArrayList<>();
    for (Mismatch mismatch : refused) {
      if (said.stream().noneMatch(path -> same(path, mismatch.path()))) {
        findings.add(finding(mismatch, check));
      }
    }
    return findings;
  }

  /** A rule that names a value or the object around it means the same trouble. */
  private static boolean same(Path rule, Path field) {
    return rule.equals(field)
        || (!rule.equals(SPEC) && rule.equals(field.parent()))
        || field.equals(rule.parent());
  }

  private Finding finding(Mismatch mismatch, String check) {
    IstioMessage type = IstioMessage.SCHEMA_VALIDATION_ERROR;
    String text = mismatch.path() + ": " + mismatch.text();
    Finding finding =
        mismatch.atKey()
            ? Finding.atKey(resource, mismatch.path(), check, type, text)
            : Finding.at(resource, mismatch.path(), check, type, text);
    Fix fix = fix(mismatch);
    return fix == null ? finding : finding.withFixes(List.of(fix));
  }

  private @Nullable Fix fix(Mismatch mismatch) {
    String correction = mismatch.correction();
    return correction != null
            && !mismatch.atKey()
            && resource.root().at(mismatch.path()) instanceof Node.Scalar scalar
            && scalar.start().line() == scalar.end().line()
        ? Fix.replace("Write " + correction, scalar.start(), scalar.end(), correction)
        : null;
  }
}
