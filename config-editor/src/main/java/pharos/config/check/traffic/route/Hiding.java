package pharos.config.check.traffic.route;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import pharos.config.routing.language.Answer;
import pharos.config.routing.language.Atom;
import pharos.config.routing.space.Condition;
import pharos.config.routing.space.Part;
import pharos.config.routing.space.RegionSearch;
import pharos.config.routing.space.Witness;

/**
 * Proves that claims come too late: that those before them leave no request. What cannot be proven
 * within bounds counts as reachable. Made anew for each object; not for several threads at once.
 */
final class Hiding {
  /** Of what stands before a claim, no more is weighed. */
  private static final int MOST_CANDIDATES = 64;

  /** Regular expressions that are compared with each other in one question. */
  private static final int MOST_REGEXES = 8;

  /** Boxes that one question may look at. */
  private static final int MOST_BOXES = 300;

  /** Regular expressions that all questions together compare; each costs milliseconds at worst. */
  private static final int ALL_REGEXES = 64;

  private final RegionSearch search = new RegionSearch(MOST_BOXES);
  private int regexes;

  /**
   * The claims that take everything: one when one is enough; empty when that is not so, or not
   * known.
   *
   * @param seen whether one of them is looked at wherever the claim is
   */
  List<Claim> hiding(Claim claim, List<Claim> earlier, Predicate<Claim> seen) {
    List<Claim> candidates = candidates(claim, earlier, seen);
    if (candidates.isEmpty() || !leavesNothing(claim, candidates) || contradicts(claim)) {
      return List.of();
    }
    for (Claim candidate : candidates) {
      if (leavesNothing(claim, List.of(candidate))) {
        return List.of(candidate);
      }
    }
    List<Claim> needed = candidates;
    for (Claim candidate : candidates) {
      List<Claim> fewer = new ArrayList<>(needed);
      fewer.remove(candidate);
      if (leavesNothing(claim, fewer)) {
        needed = fewer;
      }
    }
    return needed;
  }

  /** Those that may take something, as many as there is room for: fewer prove less, not more. */
  private List<Claim> candidates(Claim claim, List<Claim> earlier, Predicate<Claim> seen) {
    int room = Math.min(MOST_REGEXES, ALL_REGEXES - regexes) - claim.regexes();
    if (room < 0) {
      return List.of();
    }
    int used = 0;
    List<Claim> candidates = new ArrayList<>();
    for (Claim candidate : earlier) {
      if (used + candidate.regexes() <= room
          && !candidate.apartFrom(claim)
          && !candidate.readsCase()
          && seen.test(candidate)) {
        used += candidate.regexes();
        candidates.add(candidate);
        if (candidates.size() == MOST_CANDIDATES) {
          break;
        }
      }
    }
    regexes += candidates.isEmpty() ? 0 : used + claim.regexes();
    return candidates;
  }

  /** How a sentence names them. */
  static String names(List<Claim> claims) {
    String names =
        claims.stream().map(Claim::label).distinct().sorted().collect(Collectors.joining(" and "));
    return claims.size() > 1 ? names + " together" : names;
  }

  private boolean contradicts(Claim claim) {
    return leavesNothing(claim, List.of());
  }

  private boolean leavesNothing(Claim claim, List<Claim> before) {
    List<List<Condition>> taken = before.stream().map(Claim::conditions).toList();
    return search.find(claim.conditions(), taken) instanceof Answer.None<Witness>;
  }

  /** The parts of a request of which the claim asks what no request has. */
  List<Part> impossible(Claim claim) {
    return claim.conditions().stream()
        .map(Condition::part)
        .distinct()
        .filter(part -> impossible(part, claim.of(part)))
        .toList();
  }

  private boolean impossible(Part part, List<Condition> asked) {
    if (asked.size() == 1 && asked.getFirst().value() instanceof Atom.Regex regex) {
      String begin = RegexPrefix.of(regex.pattern());
      return part.equals(Part.PATH) && !begin.isEmpty() && !begin.startsWith("/");
    }
    int own = (int) asked.stream().filter(c -> c.value() instanceof Atom.Regex).count();
    if (own > Math.min(MOST_REGEXES, ALL_REGEXES - regexes)) {
      return false;
    }
    regexes += own;
    return search.contradictory(asked);
  }
}
