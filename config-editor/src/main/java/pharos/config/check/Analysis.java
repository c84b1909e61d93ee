package pharos.config.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;

/** Runs checks and brings their findings into istioctl's order (analysis catalog 1.5 to 1.7). */
public final class Analysis {
  private static final String SUPPRESS = "galley.istio.io/analyze-suppress";

  private static final Comparator<Finding> ORDER =
      Comparator.comparing((Finding finding) -> finding.type().level())
          .thenComparing(finding -> finding.type().code())
          .thenComparing(Analysis::sortName)
          .thenComparing(Analysis::fullText);

  private Analysis() {}

  /**
   * What is kept of the findings.
   *
   * @param namespace keep only what concerns this namespace or none; null keeps all
   * @param suppressions as given by the user
   */
  public record Filter(@Nullable String namespace, List<Suppression> suppressions) {
    /** Keeps everything. */
    public static final Filter ALL = new Filter(null, List.of());

    public Filter {
      suppressions = List.copyOf(suppressions);
    }
  }

  /** Runs the checks; sorted, without duplicates, without what is suppressed. */
  public static List<Finding> run(Collection<Check> checks, MeshView mesh, Filter filter) {
    List<Finding> findings = new ArrayList<>();
    for (Check check : checks) {
      check.run(mesh, findings::add);
    }
    findings.removeIf(finding -> !kept(finding, filter));
    findings.sort(ORDER);
    List<Finding> distinct = new ArrayList<>(findings.size());
    for (Finding finding : findings) {
      if (distinct.isEmpty() || !fullText(distinct.getLast()).equals(fullText(finding))) {
        distinct.add(finding);
      }
    }
    return distinct;
  }

  private static boolean kept(Finding finding, Filter filter) {
    Resource resource = finding.resource();
    if (resource != null) {
      String namespace =
          resource.key().kind().equals(Kinds.NAMESPACE)
              ? resource.key().name()
              : resource.key().namespace();
      if (filter.namespace() != null
          && !namespace.isEmpty()
          && !namespace.equals(filter.namespace())) {
        return false;
      }
      // Compared without trimming, as upstream.
      Set<String> codes =
          Set.copyOf(List.of(resource.annotations().getOrDefault(SUPPRESS, "").split(",", -1)));
      if (codes.contains("*") || codes.contains(finding.type().code())) {
        return false;
      }
    }
    return filter.suppressions().stream().noneMatch(suppression -> suppression.covers(finding));
  }

  private static String sortName(Finding finding) {
    Resource resource = finding.resource();
    return resource == null
        ? ""
        : resource.key().kind().name()
            + "/"
            + resource.key().name()
            + "/"
            + resource.key().namespace();
  }

  /** One line as istioctl logs it: level, code, origin, reference, text. */
  public static String fullText(Finding finding) {
    StringBuilder text = new StringBuilder();
    text.append(finding.type().level().wireName())
        .append(" [")
        .append(finding.type().code())
        .append("]");
    if (finding.resource() != null) {
      String reference = finding.reference();
      text.append(" (").append(finding.origin());
      text.append(reference.isEmpty() ? "" : " " + reference).append(")");
    }
    return text.append(" ").append(finding.message()).toString();
  }
}
