package pharos.config.check.traffic.route;

import java.util.List;
import pharos.config.check.DocumentedMessage;
import pharos.config.check.Level;

/**
 * What checks of the rules of VirtualServices say. Rule numbers are those of the routing semantics.
 */
enum RouteMessage implements DocumentedMessage {
  /** R-HTTP-43. */
  SINGLE_DESTINATION_WEIGHT(
      "PHA0100",
      "SingleDestinationWeight",
      Level.WARNING,
      "The weight %d has no effect: this is the only destination, so it gets all requests.",
      "Istio ignores the weight of a route with one destination, even 0.",
      "Remove the weight, or add the destination that the rest should go to.",
      "virtual-service/#HTTPRouteDestination",
      "KIA1104"),
  /** R-HTTP-44. */
  MISSING_WEIGHT(
      "PHA0101",
      "MissingWeight",
      Level.WARNING,
      "This destination has no weight, which counts as 0 beside others: it gets no traffic.",
      "Among several destinations an absent weight is 0, and entries of weight 0 are dropped.",
      "Write the weight that it should have, or remove the destination.",
      "virtual-service/#HTTPRouteDestination"),
  /** R-HTTP-44. */
  WEIGHT_SUM(
      "PHA0102",
      "WeightSum",
      Level.WARNING,
      "The weights add up to %d, not 100: the shares are %s percent.",
      "Weights are relative to their sum. Numbers that read as percentages but do not add up "
          + "to 100 give other shares than they say.",
      "Correct the weights so that they add up to 100.",
      "virtual-service/#HTTPRouteDestination"),
  /** R-HTTP-45. */
  DUPLICATE_DESTINATION(
      "PHA0103",
      "DuplicateDestination",
      Level.WARNING,
      "The destination %s occurs more than once in this route (first at %s): the shares add up.",
      "Two entries of one host, subset and port are one destination with the sum of the "
          + "weights.",
      "Name another subset, or write one entry with the sum.",
      "virtual-service/#HTTPRouteDestination",
      "KIA1105"),
  /** R-HTTP-58, R-HTTP-61. */
  TIMEOUT_BELOW_TRIES(
      "PHA0107",
      "TimeoutBelowTries",
      Level.WARNING,
      "Of %d tries of up to %s each, only %d begin within the timeout %s when tries take that "
          + "long.",
      "The timeout of a route covers all tries together, perTryTimeout bounds each of them. "
          + "Retries that cannot begin any more protect from nothing.",
      "Raise the timeout to attempts × perTryTimeout or more, or lower one of these.",
      "virtual-service/#HTTPRetry"),
  /** R-HTTP-66, R-HTTP-67. */
  FAULT_NEVER(
      "PHA0109",
      "FaultNever",
      Level.WARNING,
      "This %s has no percentage, which counts as 0: it is never injected.",
      "An absent fault percentage is 0, unlike that of a mirror.",
      "Write percentage: {value: …} with the share in percent.",
      "virtual-service/#HTTPFaultInjection"),
  FAULT_FRACTION(
      "PHA0110",
      "PercentageBelowOne",
      Level.INFO,
      "The percentage %s is %s, not %s.",
      "Percentages go from 0 to 100; a value below 1 is often meant as a fraction.",
      "Write the share in percent if more was meant: 10 for one request in ten.",
      "virtual-service/#HTTPFaultInjection"),
  /** R-HTTP-51. */
  REWRITE_DOUBLE_SLASH(
      "PHA0111",
      "RewriteDoubleSlash",
      Level.WARNING,
      "Rewriting the prefix %q to %q turns %s into %s.",
      "Only the text of the matched prefix is replaced and nothing tidies the slashes.",
      "End the prefix with a slash as well, and match the path without it in a second match.",
      "virtual-service/#HTTPRewrite"),
  /** R-HTTP-51. */
  REWRITE_LOST_SLASH(
      "PHA0112",
      "RewriteLostSlash",
      Level.WARNING,
      "Rewriting the prefix %q to %q turns %s into %s.",
      "Only the text of the matched prefix is replaced and nothing tidies the slashes.",
      "End the rewritten prefix with a slash as well.",
      "virtual-service/#HTTPRewrite");

  private static final String REFERENCE =
      "https://istio.io/latest/docs/reference/config/networking/";

  @SuppressWarnings("ImmutableEnumChecker") // its list is made by List.copyOf
  private final Documentation documentation;

  RouteMessage(
      String code,
      String title,
      Level level,
      String template,
      String meaning,
      String remedy,
      String page,
      String... aliases) {
    documentation =
        new Documentation(
            code, title, level, template, meaning, remedy, REFERENCE + page, List.of(aliases));
  }

  @Override
  public Documentation documentation() {
    return documentation;
  }
}
