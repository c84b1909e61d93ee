package pharos.config.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;

/** Runs checks and brings their findings into istioctl's order (analysis catalog 1.5 to 1.7). */
public final class Analysis {
  private static final String SUPPRESS = "galley.istio.io/analyze-suppress";

  private static final String OUR_CODES = "PHA";

  private Analysis() {}

  /**
   * What is kept of the findings.
   *
   * @param namespace keep only what concerns this namespace or none; null keeps all
   * @param suppressions as given by the user
   * @param upstreamOnly keep only what istioctl says, and all of it
   */
  public record Filter(
      @Nullable String namespace, List<Suppression> suppressions, boolean upstreamOnly) {
    /** Keeps everything. */
    public static final Filter ALL = new Filter(null, List.of(), false);

    public Filter {
      suppressions = List.copyOf(suppressions);
    }

    /** Keeps our own findings, too. */
    public Filter(@Nullable String namespace, List<Suppression> suppressions) {
      this(namespace, suppressions, false);
    }

    /** Whether a finding is neither of another namespace nor suppressed. */
    public boolean keeps(Finding finding) {
      if (upstreamOnly && finding.type().code().startsWith(OUR_CODES)) {
        return false;
      }
      Resource resource = finding.resource();
      if (resource != null
          && (!concerns(resource) || suppressedBy(resource, finding.type().code()))) {
        return false;
      }
      return suppressions.stream().noneMatch(suppression -> suppression.covers(finding));
    }

    private boolean concerns(Resource resource) {
      String of =
          resource.key().kind().equals(Kinds.NAMESPACE)
              ? resource.key().name()
              : resource.key().namespace();
      return namespace == null || of.isEmpty() || of.equals(namespace);
    }

    /** The object's own wish. Compared without trimming, as upstream. */
    private static boolean suppressedBy(Resource resource, String code) {
      String codes = Fields.text(resource.root(), "metadata", "annotations", SUPPRESS);
      if (codes.isEmpty()) {
        return false;
      }
      List<String> list = Arrays.asList(codes.split(",", -1));
      return list.contains("*") || list.contains(code);
    }
  }

  /**
   * Runs the checks; sorted, without what is suppressed, and as istioctl without repetitions of a
   * line.
   */
  public static List<Finding> run(Collection<Check> checks, MeshView mesh, Filter filter) {
    List<Ranked> findings = new ArrayList<>();
    for (Check check : checks) {
      check.run(
          mesh,
          finding -> {
            if (filter.keeps(finding)) {
              findings.add(Ranked.of(finding));
            }
          });
    }
    return Ranked.distinct(findings, (a, b) -> a.line().equals(b.line()));
  }

  /** One line as istioctl logs it: level, code, origin, reference, text. */
  public static String fullText(Finding finding) {
    return Ranked.fullText(finding);
  }
}
