package pharos.config.check.traffic.destination;

import java.util.List;
import pharos.config.check.DocumentedMessage;
import pharos.config.check.Level;

/**
 * What checks of DestinationRules and of the endpoints behind services say. Rule numbers are those
 * of the routing semantics.
 */
enum DestinationMessage implements DocumentedMessage {
  /** R-DR-25, R-DR-27. */
  SUBSET_WITHOUT_ENDPOINTS(
      "PHA0140",
      "SubsetWithoutEndpoints",
      Level.WARNING,
      "None of the endpoints of %s (%d) has the labels of subset %s (%s): requests to it get "
          + "503 UH.",
      "A subset holds the endpoints of its service that have its labels.",
      "Correct the labels, or deploy the version before routing to it.",
      "destination-rule/#Subset",
      "KIA0203"),
  /** R-DR-55, R-DR-56. */
  SUBSET_WITHOUT_READY_ENDPOINTS(
      "PHA0141",
      "SubsetWithoutReadyEndpoints",
      Level.WARNING,
      "None of the endpoints of subset %s (%d) is ready: requests to it get 503 UH.",
      "Unready endpoints are not used.",
      "See why they are not ready before routing to them.",
      "destination-rule/#Subset"),
  /** R-DR-55, R-DR-56. */
  SERVICE_WITHOUT_READY_ENDPOINTS(
      "PHA0142",
      "ServiceWithoutReadyEndpoints",
      Level.WARNING,
      "None of the endpoints of %s (%d) is ready: requests get 503 UH.",
      "Unready endpoints are not used.",
      "See why they are not ready before routing to them.",
      "virtual-service/#Destination"),
  /** R-DR-25. */
  SUBSET_WITHOUT_LABELS(
      "PHA0143",
      "SubsetWithoutLabels",
      Level.INFO,
      "Subset %s has no labels: it holds all endpoints of the host.",
      "A subset without labels filters nothing.",
      "Add the labels, unless the subset only exists for its traffic policy.",
      "destination-rule/#Subset",
      "KIA0209"),
  /** R-DR-58. */
  OUTLIER_NEVER_EJECTS(
      "PHA0144",
      "OutlierNeverEjects",
      Level.WARNING,
      "With %d endpoint(s) and maxEjectionPercent %d none is ever ejected: a single one is "
          + "already %d percent.",
      "Envoy ejects an endpoint only while the ejected share stays within maxEjectionPercent, "
          + "by default 10.",
      "Set maxEjectionPercent to at least the share of one endpoint.",
      "destination-rule/#OutlierDetection"),
  /** R-DR-52. */
  CREDENTIAL_NAME_IGNORED(
      "PHA0145",
      "CredentialNameIgnored",
      Level.WARNING,
      "Without a workloadSelector sidecars ignore credentialName and send plain text to %s; "
          + "gateways do not.",
      "Only gateways, and sidecars named by workloadSelector, read certificates from Secrets.",
      "Add a workloadSelector, or mount the files and name them.",
      "destination-rule/#ClientTLSSettings"),
  /** R-DR-54. */
  TLS_DISABLED_BUT_STRICT(
      "PHA0146",
      "TlsDisabledButStrict",
      Level.WARNING,
      "TLS is disabled for %s, but by PeerAuthentication %s workloads with a proxy take mutual "
          + "TLS only: they reset such connections.",
      "A plain text client and a proxy that is STRICT do not talk. Workloads without a proxy "
          + "are not concerned.",
      "Remove the tls block, or set the mode to ISTIO_MUTUAL.",
      "destination-rule/#ClientTLSSettings",
      "KIA0207",
      "KIA0208"),
  /** R-DR-15. */
  DESTINATION_RULES_NOT_MERGED(
      "PHA0147",
      "DestinationRulesNotMerged",
      Level.WARNING,
      "DestinationRule %s for the same host has another exportTo, so the two are not merged: "
          + "where both are seen the newer one is used alone, and this one ignored.",
      "Export lists are compared literally; absent and [\"*\"] differ.",
      "Give both the same exportTo, or merge them.",
      "destination-rule/#DestinationRule",
      "KIA0201"),
  /** R-DR-13, R-DR-14. */
  DESTINATION_RULE_PARTLY_IGNORED(
      "PHA0148",
      "DestinationRulePartlyIgnored",
      Level.WARNING,
      "%s of this DestinationRule is ignored: %s for the same host comes first and has its own.",
      "Of rules for one host the oldest gives the traffic policy as a whole and, of subsets of "
          + "one name, the first counts.",
      "Merge both into one DestinationRule.",
      "destination-rule/#DestinationRule",
      "KIA0201"),
  /** R-DR-3. */
  SUBSET_HIDDEN(
      "PHA0149",
      "SubsetHidden",
      Level.WARNING,
      "For clients in namespace %s this rule hides DestinationRule %s for %s and with it the "
          + "subsets %s: routes to them get 503 NC.",
      "Any rule of the client's namespace that fits the host hides all others, even a wildcard.",
      "Repeat the subsets here, or narrow the host of this rule.",
      "destination-rule/#Subset"),
  /** R-DR-4, R-DR-5. */
  POLICY_NOT_INHERITED(
      "PHA0150",
      "PolicyNotInherited",
      Level.INFO,
      "DestinationRule %s (%s) does not apply to this host any more, and its %s is not "
          + "inherited.",
      "Rules of different hosts or namespaces are never combined.",
      "Repeat the settings here.",
      "destination-rule/#DestinationRule",
      "KIA0204"),
  /** R-DR-7. */
  DESTINATION_RULE_ONLY_LOCAL(
      "PHA0151",
      "DestinationRuleOnlyLocal",
      Level.INFO,
      "The service is in namespace %s: this rule is used by clients in namespace %s only.",
      "exportTo limits who may use a rule, it does not move it: outside of its own namespace "
          + "only rules of the service's namespace and of the root namespace are looked at.",
      "Put the rule into the namespace of the service if all clients should use it.",
      "destination-rule/#DestinationRule");

  private static final String REFERENCE =
      "https://istio.io/latest/docs/reference/config/networking/";

  @SuppressWarnings("ImmutableEnumChecker") // its list is made by List.copyOf
  private final Documentation documentation;

  DestinationMessage(
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
