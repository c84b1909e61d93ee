package pharos.graph.health;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which tolerances apply to which object.
 *
 * @param rules in order of precedence: the first rule that matches an object wins
 */
public record HealthPolicy(List<Rule> rules) {

  /** Kiali's defaults (reference: kiali §3.5). */
  public static final HealthPolicy DEFAULT =
      new HealthPolicy(
          List.of(
              new Rule(
                  Pattern.compile(".*"),
                  Pattern.compile(".*"),
                  Pattern.compile(".*"),
                  List.of(
                      tolerance("5\\d\\d", "http", 0, 10),
                      tolerance("4\\d\\d", "http", 10, 20),
                      tolerance("^[1-9]$|^1[0-6]$", "grpc", 0, 10),
                      tolerance("^-$", "http|grpc", 0, 10)))));

  public HealthPolicy {
    rules = List.copyOf(rules);
  }

  /**
   * Tolerances of the objects whose namespace, name and kind match.
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
        Pattern.compile(code),
        Pattern.compile(protocol),
        Pattern.compile(".*"),
        degradedPercent,
        failurePercent);
  }
}
