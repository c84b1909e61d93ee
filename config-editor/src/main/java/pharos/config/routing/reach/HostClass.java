package pharos.config.routing.reach;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import pharos.config.routing.language.Atom;
import pharos.config.routing.space.Condition;
import pharos.config.routing.space.Part;

/**
 * Hosts that are treated alike: those that some domains cover and that more specific ones do not
 * take away (R-ENV-1).
 *
 * @param domains exact, {@code *.suffix}, {@code prefix.*} or {@code *}; never empty
 * @param except more specific domains below these wildcards
 */
public record HostClass(List<String> domains, List<String> except) {
  private static final String PORT = "(:[0-9]+)?";

  public HostClass {
    domains = List.copyOf(domains);
    except = List.copyOf(except);
  }

  /**
   * The class of some domains of a route configuration.
   *
   * @param all domains of it, those included
   */
  public static HostClass of(List<String> domains, Collection<String> all) {
    Set<String> below = new TreeSet<>();
    for (String domain : domains) {
      if (domain.contains("*")) {
        for (String other : all) {
          if (!domains.contains(other) && covers(domain, other)) {
            below.add(other);
          }
        }
      }
    }
    return new HostClass(domains, List.copyOf(below));
  }

  private static boolean covers(String wildcard, String domain) {
    if (wildcard.equals("*")) {
      return true;
    }
    return wildcard.startsWith("*")
        ? domain.endsWith(wildcard.substring(1))
        : domain.startsWith(wildcard.substring(0, wildcard.length() - 1));
  }

  /** What makes an authority belong to the class; a port in it does not count (R-ENV-3). */
  public List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(Condition.is(Part.AUTHORITY, pattern(domains)));
    for (String domain : except) {
      conditions.add(Condition.is(Part.AUTHORITY, pattern(List.of(domain))).not());
    }
    return conditions;
  }

  private static Atom pattern(List<String> domains) {
    return new Atom.Regex(
        "(?i)("
            + domains.stream().map(HostClass::pattern).collect(Collectors.joining("|"))
            + ")"
            + PORT);
  }

  private static String pattern(String domain) {
    if (domain.equals("*")) {
      return ".*";
    }
    if (domain.startsWith("*")) {
      return ".+" + quoted(domain.substring(1));
    }
    return domain.endsWith("*")
        ? quoted(domain.substring(0, domain.length() - 1)) + ".+"
        : quoted(domain);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = Character.isLetterOrDigit(c) || c == '-' || c == '_' || c > 127;
      quoted.append(plain ? "" : "\\").append(c);
    }
    return quoted.toString();
  }

  /** A host of the class, without a port. */
  public String example() {
    String domain = domains.getFirst();
    if (!domain.contains("*")) {
      return domain;
    }
    for (String label : List.of("any", "other", "pharos-example")) {
      String host = domain.equals("*") ? label + ".example" : domain.replace("*", label);
      if (except.stream().noneMatch(d -> d.equals(host) || (d.contains("*") && covers(d, host)))) {
        return host;
      }
    }
    return domain.replace("*", "pharos-" + Integer.toHexString(except.hashCode()));
  }
}
