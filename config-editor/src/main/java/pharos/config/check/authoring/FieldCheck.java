package pharos.config.check.authoring;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Finding;
import pharos.config.check.Fix;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.schema.Catalogue;
import pharos.config.schema.KindSchema;
import pharos.config.schema.Mismatch;
import pharos.config.schema.Mismatches;

/**
 * Fields that a kind does not have, no longer has, or should no longer be given; and, for kinds
 * that istioctl does not validate, what the API server refuses by schema.
 */
record FieldCheck(Kind kind) implements ObjectCheck {
  @Override
  public String name() {
    return "authoring.Fields";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(kind);
  }

  @Override
  public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    KindSchema schema = Catalogue.of(kind);
    if (schema == null || resource.isLive()) {
      return; // the cluster took it: what we do not know of it is newer than we are
    }
    for (Mismatch mismatch : Mismatches.of(schema, resource.root())) {
      AuthoringMessage type = type(mismatch);
      if (type != null) {
        report.accept(finding(resource, mismatch, type));
      }
    }
  }

  private @Nullable AuthoringMessage type(Mismatch mismatch) {
    return switch (mismatch.problem()) {
      case UNKNOWN_FIELD -> AuthoringMessage.UNKNOWN_FIELD;
      case GONE_FIELD -> AuthoringMessage.REMOVED_FIELD;
      case DEPRECATED_FIELD -> AuthoringMessage.DEPRECATED_FIELD;
      case UNDECODABLE, REFUSED ->
          kind.group().endsWith(".istio.io") ? null : AuthoringMessage.REFUSED_BY_SCHEMA;
    };
  }

  private Finding finding(Resource resource, Mismatch mismatch, AuthoringMessage type) {
    String text =
        type == AuthoringMessage.REFUSED_BY_SCHEMA
            ? mismatch.path() + ": " + mismatch.text()
            : mismatch.text();
    Finding finding =
        mismatch.atKey()
            ? Finding.atKey(resource, mismatch.path(), name(), type, text)
            : Finding.at(resource, mismatch.path(), name(), type, text);
    String correction = mismatch.correction();
    Fix fix =
        correction == null
            ? null
            : mismatch.atKey()
                ? Corrections.key(resource, mismatch.path(), correction)
                : Corrections.value(resource, mismatch.path(), correction);
    return fix == null ? finding : finding.withFixes(List.of(fix));
  }
}
