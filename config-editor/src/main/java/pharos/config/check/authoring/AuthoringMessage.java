package pharos.config.check.authoring;

import java.util.List;
import java.util.Set;
import pharos.config.check.DocumentedMessage;
import pharos.config.check.Level;

/** What the checks of this package say: codes PHA0001 to PHA0049. */
enum AuthoringMessage implements DocumentedMessage {
  UNKNOWN_KIND(
      "PHA0001",
      "UnknownKind",
      Level.ERROR,
      "No cluster knows %q: did you mean %q? The object is checked as if it said so.",
      "The API server answers \"no matches for kind\", and istioctl ignores the object without a "
          + "word. Groups are written in lower case, kinds in the singular.",
      "Take the suggested group or kind.",
      Pages.OBJECTS),
  UNSERVED_VERSION(
      "PHA0002",
      "UnservedVersion",
      Level.ERROR,
      "%s is not served in version %q (served: %s).",
      "The API server knows the kind, but not in this version.",
      "Write one of the versions that are served; the first one is the newest.",
      Pages.OBJECTS),
  UNKNOWN_FIELD(
      "PHA0003",
      "UnknownField",
      Level.ERROR,
      "%s",
      "kubectl refuses an unknown field; other clients have it dropped without a word, so that the "
          + "setting never applies. istioctl accepts it silently.",
      "Correct the spelling or the indentation, or remove the field.",
      Pages.ISTIO),
  REMOVED_FIELD(
      "PHA0004",
      "RemovedField",
      Level.WARNING,
      "%s",
      "Old examples still show the field, but Istio no longer does anything with it.",
      "Write the field that took over.",
      Pages.ISTIO),
  DEPRECATED_FIELD(
      "PHA0005",
      "DeprecatedField",
      Level.INFO,
      "%s",
      "The field or value still works, but may be removed in a later release.",
      "Write what took over.",
      Pages.ISTIO),
  SLASH_COMMENT(
      "PHA0006",
      "SlashComment",
      Level.ERROR,
      "The text from \"//\" on is part of this value: YAML comments start with `#`.",
      "YAML has no // comments, so the value is the whole rest of the line.",
      "Write # instead of //, with a space before it.",
      Pages.YAML),
  TEMPLATE(
      "PHA0007",
      "TemplateNotRendered",
      Level.ERROR,
      "This is a template, not YAML yet: it holds %s. Render it first, for example with "
          + "`helm template RELEASE CHART | pharos check -`.",
      "Helm fills in {{ … }} before anything reaches the cluster. Until then the text is no YAML, or "
          + "its values are not the ones that count.",
      "Render the chart with its values and check the result.",
      "https://helm.sh/docs/helm/helm_template/"),
  NEAREST_LABEL(
      "PHA0008",
      "NearestLabel",
      Level.ERROR,
      "No workload has the label %s=%s; the nearest is %s=%s.",
      "Keys and values of labels are compared letter by letter, upper and lower case included. A "
          + "selector that matches nothing makes the object useless without any error.",
      "Take the label that the workload has, or label the workload.",
      "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/"),
  REFUSED_BY_SCHEMA(
      "PHA0009",
      "RefusedBySchema",
      Level.ERROR,
      "%s",
      "The API server refuses the object by the schema of its kind.",
      "Correct the value as the message says.",
      Pages.OBJECTS),
  CERTIFICATE_FILES(
      "PHA0010",
      "CertificateFiles",
      Level.INFO,
      "The certificate is read from files in the pods of the gateway, which must mount them.",
      "Paths name files inside the gateway's container, not on the machine where the object is "
          + "written. With credentialName the gateway takes the certificate from a Secret in its "
          + "namespace, and a renewed one without a restart.",
      "Mount the files, or name a Secret in credentialName instead.",
      Pages.ISTIO + "gateway/#ServerTLSSettings"),
  REDIRECT_WITHOUT_ROUTE(
      "PHA0011",
      "RedirectWithoutRoute",
      Level.INFO,
      "Plain HTTP requests for %s are answered 301 with their https address; no VirtualService is "
          + "needed for that.",
      "httpsRedirect answers before any route is looked at. No VirtualService is bound to this "
          + "gateway, so its other ports answer 404.",
      "Nothing for the redirect; bind a VirtualService to the gateway to serve requests.",
      Pages.ISTIO + "gateway/#ServerTLSSettings"),
  MESH_WIDE_RULE(
      "PHA0012",
      "MeshWideRule",
      Level.INFO,
      "This rule holds for every service without a DestinationRule of its own.",
      "A rule of the client's or the service's namespace replaces it whole: nothing of a "
          + "mesh-wide rule is inherited.",
      "Repeat its settings in the rules that should keep them.",
      Pages.ISTIO + "destination-rule/"),
  ONLY_INSIDE_THE_MESH(
      "PHA0013",
      "OnlyInsideTheMesh",
      Level.INFO,
      "No gateway is named and %q is no service of the mesh: only sidecars route it.",
      "Without gateways a VirtualService holds for the sidecars of the mesh alone; clients from "
          + "outside come through a Gateway.",
      "Name a Gateway in spec.gateways to serve clients from outside.",
      Pages.ISTIO + "virtual-service/#VirtualService"),
  NO_CATCH_ALL(
      "PHA0014",
      "NoCatchAll",
      Level.INFO,
      "Requests to %s that fit none of the rules get 404, also from inside the mesh%s.",
      "A VirtualService replaces the routes that a service has by itself: what it does not match is "
          + "not routed. A prefix also takes paths that go on without a slash.",
      "Add a last rule without match if the rest should go on working.",
      Pages.ISTIO + "virtual-service/#HTTPRoute");

  private static final class Pages {
    static final String OBJECTS =
        "https://kubernetes.io/docs/concepts/overview/working-with-objects/";
    static final String ISTIO = "https://istio.io/latest/docs/reference/config/networking/";
    static final String YAML = "https://yaml.org/spec/1.2.2/#66-comments";
  }

  @SuppressWarnings("ImmutableEnumChecker") // it holds texts and an immutable list
  private final Documentation documentation;

  AuthoringMessage(
      String code,
      String title,
      Level level,
      String template,
      String meaning,
      String remedy,
      String page) {
    documentation =
        new Documentation(code, title, level, template, meaning, remedy, page, List.of());
  }

  @Override
  public Documentation documentation() {
    return documentation;
  }

  @Override
  public Set<String> explains() {
    return switch (this) {
      case REMOVED_FIELD -> Set.of("IST0133");
      case DEPRECATED_FIELD -> Set.of("IST0002", "IST0133");
      case SLASH_COMMENT -> Set.of("IST0101", "IST0106", "PHA0009");
      case NEAREST_LABEL -> Set.of("IST0101");
      default -> Set.of();
    };
  }
}
