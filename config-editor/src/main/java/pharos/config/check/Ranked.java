package pharos.config.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Path;
import pharos.config.resource.Place;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/**
 * A finding and its rank: istioctl's order (analysis catalog 1.7), then the place in the object, so
 * that the order of reports does not show.
 *
 * @param name of the object as istioctl sorts it
 * @param line the finding as istioctl logs it
 * @param offset of the place in its text
 */
record Ranked(Finding finding, String name, String line, int offset) implements Comparable<Ranked> {
  private static final Comparator<Ranked> ORDER =
      Comparator.comparing((Ranked ranked) -> ranked.finding.type().level())
          .thenComparing(ranked -> ranked.finding.type().code())
          .thenComparing(Ranked::name)
          .thenComparing(ranked -> group(ranked.finding.resource()))
          .thenComparing(Ranked::line)
          .thenComparingInt(Ranked::offset)
          .thenComparing(ranked -> ranked.finding.path().toString())
          .thenComparing(ranked -> ranked.finding.check());

  static Ranked of(Finding finding) {
    Place place = finding.place();
    return new Ranked(
        finding, name(finding.resource()), fullText(finding), place == null ? 0 : place.offset());
  }

  /** A code at a path of an object. */
  private record Spot(@Nullable ResourceKey object, Path path, String code) {
    static Spot of(Finding finding, String code) {
      Resource resource = finding.resource();
      return new Spot(resource == null ? null : resource.key(), finding.path(), code);
    }
  }

  @Override
  public int compareTo(Ranked other) {
    return ORDER.compare(this, other);
  }

  /**
   * In order; of neighbours that are the same the first one, and nothing that another finding says
   * better.
   */
  static List<Finding> distinct(Collection<Ranked> findings, BiPredicate<Ranked, Ranked> same) {
    List<Ranked> sorted = new ArrayList<>(findings);
    Set<Spot> explained = new HashSet<>();
    for (Ranked ranked : findings) {
      for (String code : ranked.finding().type().explains()) {
        explained.add(Spot.of(ranked.finding(), code));
      }
    }
    if (!explained.isEmpty()) {
      sorted.removeIf(
          ranked -> explained.contains(Spot.of(ranked.finding(), ranked.finding().type().code())));
    }
    sorted.sort(null);
    List<Finding> distinct = new ArrayList<>(sorted.size());
    Ranked last = null;
    for (Ranked ranked : sorted) {
      if (last == null || !same.test(last, ranked)) {
        distinct.add(ranked.finding());
        last = ranked;
      }
    }
    return distinct;
  }

  /** One line as istioctl logs it: level, code, origin, reference, text. */
  static String fullText(Finding finding) {
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

  private static String name(@Nullable Resource resource) {
    return resource == null
        ? ""
        : resource.key().kind().name()
            + "/"
            + resource.key().name()
            + "/"
            + resource.key().namespace();
  }

  private static String group(@Nullable Resource resource) {
    return resource == null ? "" : resource.key().kind().group();
  }
}
