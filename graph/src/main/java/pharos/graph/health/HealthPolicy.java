package pharos.graph.health;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which tolerances apply to which object.
 *
 * @param rules in order of precedence: the first that matches an object wins. When none does, the
 *     last is used
 */
public record HealthPolicy(List<Rule> rules) {

  private static final Pattern ANY = Pattern.compile(".*");

  /** Kiali's defaults (reference §3.5). */
  public static final HealthPolicy DEFAULT =
      new HealthPolicy(
          List.of(
              new Rule(
                  ANY,
                  ANY,
                  ANY,
                  List.of(
                      tolerance("5\\d\\d", "http", 0, 10),
                      tolerance("4\\d\\d", "http", 10, 20),
                      tolerance("[1-9]|1[0-6]", "grpc", 0, 10),
                      tolerance("-", "http|grpc", 0, 10)))));

  public HealthPolicy {
    rules = List.copyOf(rules);
  }

  /** The user's rules first, then the defaults. */
  public static HealthPolicy of(List<Rule> userRules) {
    List<Rule> rules = new ArrayList<>(userRules);
    rules.addAll(DEFAULT.rules());
    return new HealthPolicy(rules);
  }

  /**
   * Tolerances of the objects whose namespace, name and kind match as a whole.
   *
   * @param kind {@code workload}, {@code app} or {@code service}
   */
  public record Rule(Pattern namespace, Pattern name, Pattern kind, List<Tolerance> tolerances) {
    public Rule {
      tolerances = List.copyOf(tolerances);
    }
  }

  private static Tolerance tolerance(
      String code, String protocol, double degradedPercent, double failurePercent) {
    return new Tolerance(
        Pattern.compile(code), Pattern.compile(protocol), ANY, degradedPercent, failurePercent);
  }
}
