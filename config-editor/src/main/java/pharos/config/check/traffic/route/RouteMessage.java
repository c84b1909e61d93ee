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
  /** R-ENV-10, R-HTTP-7. */
  SHADOWED_MATCH(
      "PHA0104",
      "ShadowedMatch",
      Level.WARNING,
      "%s is never reached: what it would take is taken before by %s.",
      "Rules are tried in order and the first that fits wins. Proven on the conditions: "
          + "prefixes, exact texts, regular expressions, headers, methods, query parameters, "
          + "sources, ports and gateways.",
      "Move the narrower match before the wider one, or remove it.",
      "virtual-service/#HTTPMatchRequest"),
  /** R-ENV-10, R-HTTP-7. */
  SHADOWED_RULE(
      "PHA0105",
      "ShadowedRule",
      Level.WARNING,
      "%s is never reached: what it would take is taken before by %s.",
      "Rules are tried in order and the first that fits wins; behind one that takes everything "
          + "Istio generates nothing more.",
      "Move the rule before the one that hides it, or remove it.",
      "virtual-service/#HTTPMatchRequest"),
  /** R-VS-14. */
  SHADOWED_BY_VIRTUAL_SERVICE(
      "PHA0106",
      "ShadowedByVirtualService",
      Level.WARNING,
      "%s is never reached for host %s on gateway %s: what it would take is taken before by %s.",
      "On a gateway all VirtualServices of a host are merged, the oldest first and what takes "
          + "everything last; longer prefixes do not win.",
      "Put both rules into one VirtualService in the order that is meant.",
      "virtual-service/#HTTPMatchRequest"),
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
  /** R-HTTP-60, R-HTTP-61. */
  RETRY_AMPLIFICATION(
      "PHA0108",
      "RetryAmplification",
      Level.WARNING,
      "Retries multiply along the calls %s (declared by %s): one request can become %d.",
      "Each caller of a chain repeats a failed call by its own policy, so the number of tries "
          + "is the product. Calls are known from Sidecars and sourceLabels that name them.",
      "Retry in one place of the chain, best next to the failure, and disable it elsewhere "
          + "with attempts: 0.",
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
      "virtual-service/#HTTPRewrite"),
  /** R-HTTP-12, R-ENV-14. */
  LITERAL_REGEX(
      "PHA0113",
      "LiteralRegex",
      Level.INFO,
      "This regular expression is plain text and must match the entire path: only %s itself is "
          + "matched.",
      "A regex is compared with the whole path.",
      "Write exact if that is meant, prefix or .* at the end if not.",
      "virtual-service/#HTTPMatchRequest"),
  /** R-HTTP-17. */
  WITHOUT_HEADERS_NEVER(
      "PHA0114",
      "WithoutHeaderNeverAbsent",
      Level.WARNING,
      "Requests without the header %s do not fit: to this condition an absent header is the "
          + "empty text, which it accepts.",
      "A value condition of withoutHeaders treats an absent header as the empty text.",
      "Write {} for \"the header is absent\".",
      "virtual-service/#HTTPMatchRequest"),
  /** R-VS-3. */
  MATCH_GATEWAY_NOT_BOUND(
      "PHA0115",
      "MatchGatewayNotBound",
      Level.WARNING,
      "The VirtualService is not bound to gateway %s (spec.gateways: %s), so this entry is "
          + "dead.",
      "match.gateways narrows the list of the VirtualService and never adds to it.",
      "Add the gateway to spec.gateways, or remove it here.",
      "virtual-service/#HTTPMatchRequest",
      "KIA1102"),
  /** R-VS-5. */
  SOURCE_IGNORED(
      "PHA0116",
      "SourceIgnored",
      Level.WARNING,
      "%s is ignored here, because this match also names gateways.",
      "In an HTTP match gateways switches sourceLabels and sourceNamespace off.",
      "Remove gateways from the match, or put the rules for the mesh into a VirtualService of "
          + "their own.",
      "virtual-service/#HTTPMatchRequest"),
  /** R-VS-7. */
  SOURCE_ON_GATEWAY(
      "PHA0117",
      "SourceOnGateway",
      Level.WARNING,
      "%s is compared with the gateway pod itself, not with the client: unless the pod has it, "
          + "this match does not exist.",
      "On a gateway the source of a request is the gateway.",
      "Match something that the request carries, such as a header.",
      "virtual-service/#HTTPMatchRequest"),
  /** R-HTTP-2, R-GW-16. */
  MATCH_PORT_NEVER(
      "PHA0118",
      "MatchPortNever",
      Level.WARNING,
      "Nothing listens on port %d for this VirtualService: the ports are %s.",
      "match.port is compared with the port of the service, and on a gateway with the port of "
          + "its server, never with a target port.",
      "Write one of these ports, or remove the condition.",
      "virtual-service/#HTTPMatchRequest"),
  /** R-HTTP-41. */
  MISSING_PORT(
      "PHA0119",
      "MissingDestinationPort",
      Level.WARNING,
      "Without a port, requests to %s on port %d are sent to port %d of %s, which has no such "
          + "port: 503 NC.",
      "On sidecars a destination without port means the port that the client called.",
      "Write destination.port.number.",
      "virtual-service/#Destination"),
  /** R-HTTP-3, R-ENV-11, R-ENV-30. */
  NO_SUCH_REQUEST(
      "PHA0131",
      "NoSuchRequest",
      Level.WARNING,
      "No request meets %s: %s.",
      "All conditions of a match must hold together, and some texts never occur: a path has no "
          + "query when it is compared, it begins with a slash, and dots and needless percent signs "
          + "are resolved before.",
      "Correct the condition; queries are matched with queryParams.",
      "virtual-service/#HTTPMatchRequest"),
  /** R-ENV-43. */
  REGEX_TOO_LARGE(
      "PHA0132",
      "RegexTooLarge",
      Level.ERROR,
      "Proxies refuse this regular expression: written out it has about %d instructions, more "
          + "than the %d that they allow.",
      "Istio checks the syntax alone. Proxies limit the size of compiled expressions and "
          + "refuse the whole route configuration, so the last one they accepted stays in force.",
      "Replace counted repetitions such as {1,500} by * or +, or match a prefix.",
      "virtual-service/#HTTPMatchRequest");

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
