package pharos.config.check.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** AuthorizationPolicy (analysis catalog 6.7). */
final class AuthorizationPolicyRules implements KindRules {
  private static final Path RULES = Path.of("spec", "rules");
  private static final Map<String, String> SOURCE_FIELDS = new LinkedHashMap<>();
  private static final Map<String, String> OPERATION_FIELDS = new LinkedHashMap<>();
  private static final Set<String> IDENTITIES =
      Set.of("Namespaces", "ServiceAccounts", "TrustDomains", "Principals", "RequestPrincipals");
  private static final Set<String> TCP_SOURCES =
      Set.of("Principals", "IpBlocks", "Namespaces", "RemoteIpBlocks", "ServiceAccounts");
  private static final String NEVER =
      " action without `rules` is meaningless as it will never be triggered, add an empty rule `{}`"
          + " if you want it be triggered for every request";

  static {
    for (String name :
        List.of(
            "Principals",
            "RequestPrincipals",
            "Namespaces",
            "ServiceAccounts",
            "TrustDomains",
            "IpBlocks",
            "RemoteIpBlocks")) {
      both(SOURCE_FIELDS, name);
    }
    for (String name : List.of("Ports", "Methods", "Hosts", "Paths")) {
      both(OPERATION_FIELDS, name);
    }
  }

  private static void both(Map<String, String> fields, String name) {
    fields.put(Character.toLowerCase(name.charAt(0)) + name.substring(1), name);
    fields.put("not" + name, "Not" + name);
  }

  @Override
  public void apply(Resource policy, boolean withMetadata, Verdicts verdicts) {
    Verdicts own = new Verdicts();
    SharedRules.target(policy.spec(), own);
    List<Node> rules = Fields.items(policy.spec(), "rules");
    String action = Fields.text(policy.spec(), "action");
    boolean custom = action.equals("CUSTOM");
    boolean present = Fields.has(policy.spec(), "rules") && !rules.isEmpty();
    if (custom && !present) {
      own.error(RULES, "CUSTOM" + NEVER);
    } else if (custom) {
      own.errorIf(
          Fields.text(policy.spec(), "provider", "name").isEmpty(),
          Path.of("spec", "provider"),
          "`provider.name` must not be empty");
    } else {
      own.errorIf(
          Fields.has(policy.spec(), "provider"),
          Path.of("spec", "provider"),
          "`provider` must not be with non CUSTOM action, found "
              + (action.isEmpty() ? "ALLOW" : action));
      own.errorIf(action.equals("DENY") && !present, RULES, "DENY" + NEVER);
    }
    for (int i = 0; i < rules.size(); i++) {
      rule(rules.get(i), i, custom, own);
    }
    if (action.equals("DENY")) {
      rules.forEach(rule -> denyTcp(rule, own));
    }
    String prefix =
        "invalid policy %s.%s: ".formatted(policy.key().name(), policy.key().namespace());
    for (Verdicts.Verdict verdict : own.all()) {
      if (verdict.isError()) {
        verdicts.error(verdict.path(), prefix + verdict.text());
      } else {
        verdicts.warning(verdict.path(), verdict.text());
      }
    }
  }

  private static void rule(Node rule, int index, boolean custom, Verdicts verdicts) {
    Path path = RULES.index(index);
    List<Node> from = Fields.items(rule, "from");
    for (int i = 0; i < from.size(); i++) {
      source(
          Fields.node(from.get(i), "source"), index, custom, path.key("from").index(i), verdicts);
    }
    List<Node> to = Fields.items(rule, "to");
    for (int i = 0; i < to.size(); i++) {
      operation(Fields.node(to.get(i), "operation"), index, path.key("to").index(i), verdicts);
    }
    List<Node> when = Fields.items(rule, "when");
    for (int i = 0; i < when.size(); i++) {
      ConditionRules.apply(when.get(i), custom, path.key("when").index(i), verdicts);
    }
  }

  private static boolean empty(@Nullable Node node, Map<String, String> fields) {
    return fields.keySet().stream().noneMatch(field -> !Fields.items(node, field).isEmpty());
  }

  private static void source(
      @Nullable Node source, int rule, boolean custom, Path path, Verdicts verdicts) {
    if (source == null) {
      verdicts.error(path, "`from.source` must not be nil, found at rule " + rule);
      return;
    }
    boolean declared = SOURCE_FIELDS.keySet().stream().anyMatch(field -> Fields.has(source, field));
    if (empty(source, SOURCE_FIELDS) && !declared) {
      verdicts.error(path, "`from.source` must not be empty, found at rule " + rule);
      return;
    }
    if (custom) {
      SOURCE_FIELDS.forEach((field, name) ->
          verdicts.errorIf(
              IDENTITIES.contains(name.replaceFirst("^Not", ""))
                  && !Fields.items(source, field).isEmpty(),
              path,
              "From.%s is currently not supported with CUSTOM action".formatted(name)));
    }
    boolean accounts =
        !Fields.items(source, "serviceAccounts").isEmpty()
            || !Fields.items(source, "notServiceAccounts").isEmpty();
    boolean others =
        List.of("principals", "notPrincipals", "namespaces", "notNamespaces").stream()
            .anyMatch(field -> !Fields.items(source, field).isEmpty());
    verdicts.errorIf(
        accounts && others,
        path,
        "cannot set serviceAccounts with namespaces or principals, found at rule " + rule);
    SOURCE_FIELDS.forEach(
        (field, name) -> list(source, field, name, path.key("source").key(field), verdicts));
  }

  private static void operation(@Nullable Node operation, int rule, Path path, Verdicts verdicts) {
    if (operation == null) {
      verdicts.error(path, "`to.operation` must not be nil, found at rule " + rule);
      return;
    }
    boolean declared =
        OPERATION_FIELDS.keySet().stream().anyMatch(field -> Fields.has(operation, field));
    if (!declared) {
      verdicts.error(path, "`to.operation` must not be empty, found at rule " + rule);
      return;
    }
    OPERATION_FIELDS.forEach(
        (field, name) -> list(operation, field, name, path.key("operation").key(field), verdicts));
  }

  private static void list(Node node, String field, String name, Path path, Verdicts verdicts) {
    List<String> values = Fields.texts(node, field);
    if (Fields.has(node, field) && values.isEmpty()) {
      verdicts.error(path, "`%s` must not be empty".formatted(field));
    }
    for (String value : values) {
      verdicts.errorIf(
          value.isEmpty(), path, "empty value not allowed, found in %s".formatted(name));
    }
    String plain = name.replaceFirst("^Not", "");
    switch (plain) {
      case "IpBlocks", "RemoteIpBlocks" ->
          values.forEach(value -> verdicts.errorIf(path, PolicyValues.ipBlock(value)));
      case "Ports" -> values.forEach(value -> verdicts.errorIf(path, PolicyValues.port(value)));
      case "Paths" ->
          values.forEach(value -> verdicts.errorIf(path, PolicyValues.path(value, name)));
      case "TrustDomains" ->
          values.forEach(value -> verdicts.errorIf(path, PolicyValues.trustDomain(value, name)));
      case "ServiceAccounts" -> {
        verdicts.errorIf(values.size() > 16, path, "may not have more than 16 values");
        values.forEach(value -> verdicts.errorIf(path, PolicyValues.serviceAccount(value, name)));
      }
      default -> {}
    }
  }

  /** A DENY rule that only names HTTP attributes denies all TCP. */
  private static void denyTcp(Node rule, Verdicts verdicts) {
    List<Node> from = Fields.items(rule, "from");
    List<Node> to = Fields.items(rule, "to");
    boolean tcpSource =
        from.stream()
            .map(entry -> Fields.node(entry, "source"))
            .anyMatch(source ->
                SOURCE_FIELDS.entrySet().stream()
                    .anyMatch(field ->
                        TCP_SOURCES.contains(field.getValue().replaceFirst("^Not", ""))
                            && !Fields.items(source, field.getKey()).isEmpty()));
    boolean ports =
        to.stream()
            .map(entry -> Fields.node(entry, "operation"))
            .allMatch(operation ->
                !Fields.items(operation, "ports").isEmpty()
                    || !Fields.items(operation, "notPorts").isEmpty());
    boolean all = (!from.isEmpty() && to.isEmpty() && !tcpSource) || (!to.isEmpty() && !ports);
    verdicts.warningIf(
        all,
        RULES,
        "configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to"
            + " the use of only HTTP attributes in a DENY rule; it is recommended to explicitly"
            + " specify the port");
  }
}
