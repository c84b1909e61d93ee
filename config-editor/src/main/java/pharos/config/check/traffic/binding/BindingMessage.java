package pharos.config.check.traffic.binding;

import java.util.List;
import pharos.config.check.DocumentedMessage;
import pharos.config.check.Level;

/**
 * What checks of hosts, delegates and visibility say. Rule numbers are those of the routing
 * semantics.
 */
enum BindingMessage implements DocumentedMessage {
  /** R-DEL-3. */
  DELEGATE_NOT_FOUND(
      "PHA0120",
      "DelegateNotFound",
      Level.ERROR,
      "There is no VirtualService %s to delegate to: this rule is dropped.",
      "A rule whose delegate is missing disappears, the others stay.",
      "Create the delegate, or correct name and namespace.",
      "virtual-service/#Delegate"),
  /** R-DEL-3. */
  DELEGATE_NOT_VISIBLE(
      "PHA0121",
      "DelegateNotVisible",
      Level.ERROR,
      "The delegate %s is not exported to namespace %s: this rule is dropped.",
      "The delegate must be visible to the namespace of the root.",
      "Add the namespace to the exportTo of the delegate.",
      "virtual-service/#Delegate"),
  /** R-DEL-2. */
  DELEGATE_WITH_HOSTS(
      "PHA0122",
      "DelegateWithHosts",
      Level.ERROR,
      "VirtualService %s has hosts of its own and therefore is no delegate: this rule is "
          + "dropped.",
      "Only a VirtualService without hosts can be delegated to.",
      "Remove the hosts of the delegate, or route to it in another way.",
      "virtual-service/#Delegate"),
  /** R-DEL-7, R-DEL-8. */
  DELEGATE_CONFLICT(
      "PHA0123",
      "DelegateConflict",
      Level.WARNING,
      "%s contradicts every match of %s, which delegates here: the whole rule of the delegate "
          + "is dropped.",
      "A delegate rule is dropped as soon as one of its matches is compatible with no match of "
          + "the root.",
      "Keep the match of the delegate inside that of the root.",
      "virtual-service/#Delegate"),
  DELEGATE_SHARED(
      "PHA0124",
      "DelegateShared",
      Level.INFO,
      "%d VirtualServices delegate to this one (%s): a change concerns them all.",
      "A delegate may serve several roots; whoever changes it for one of them changes it for "
          + "all.",
      "Give each root a delegate of its own, unless they are meant to share.",
      "virtual-service/#Delegate"),
  /** R-VS-1. */
  DELEGATE_UNUSED(
      "PHA0125",
      "DelegateUnused",
      Level.WARNING,
      "This VirtualService has no hosts and no other one delegates to it: it does nothing.",
      "Without hosts a VirtualService is only used through another one that delegates to it.",
      "Add hosts, or the delegate reference of the root.",
      "virtual-service/#Delegate"),
  /** R-VS-8, R-SC-10. */
  VIRTUAL_SERVICE_LOSES(
      "PHA0126",
      "VirtualServiceLoses",
      Level.INFO,
      "For host %s sidecars%s use VirtualService %s alone and never this one: %s.",
      "Sidecars do not merge VirtualServices of one host. Private ones come before exported "
          + "and public ones, then the older before the newer.",
      "Merge both into one VirtualService.",
      "virtual-service/#VirtualService",
      "KIA1106"),
  /** R-NAME-10. */
  HOST_NOT_EXPANDED(
      "PHA0127",
      "HostNotExpanded",
      Level.WARNING,
      "%q is not expanded: Istio takes it for a full name. The Service is %s.",
      "Only names without any dot are completed.",
      "Write the full name.",
      "virtual-service/#Destination"),
  /** R-NAME-11. */
  HOST_IN_OTHER_NAMESPACE(
      "PHA0128",
      "HostInOtherNamespace",
      Level.WARNING,
      "%q means %s here, which does not exist. Services of that name are in: %s.",
      "A short name is completed with the namespace of the object that contains it, never with "
          + "that of the client.",
      "Write the full name.",
      "virtual-service/#Destination"),
  /** R-VIS-2, R-DR-2. */
  HIDDEN_FROM_OWN_NAMESPACE(
      "PHA0129",
      "HiddenFromOwnNamespace",
      Level.WARNING,
      "exportTo does not contain the namespace %s itself: there this %s has no effect.",
      "exportTo lists all namespaces that see an object, its own included.",
      "Add \".\" to exportTo.",
      "virtual-service/#VirtualService"),
  EXPORT_TO_UNKNOWN_NAMESPACE(
      "PHA0130",
      "ExportToUnknownNamespace",
      Level.WARNING,
      "There is no namespace %q to export to.",
      "A misspelt namespace makes the object invisible where it was wanted.",
      "Correct the name.",
      "virtual-service/#VirtualService",
      "KIA0005");

  private static final String REFERENCE =
      "https://istio.io/latest/docs/reference/config/networking/";

  @SuppressWarnings("ImmutableEnumChecker") // its list is made by List.copyOf
  private final Documentation documentation;

  BindingMessage(
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
