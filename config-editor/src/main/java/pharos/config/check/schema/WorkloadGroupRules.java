package pharos.config.check.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** WorkloadGroup (analysis catalog 6.7). */
final class WorkloadGroupRules implements KindRules {
  @Override
  public void apply(Resource group, boolean withMetadata, Verdicts verdicts) {
    if (!Fields.has(group.spec(), "template")) {
      verdicts.error(Path.of("spec", "template"), "template is required");
      return;
    }
    Verdicts labels = new Verdicts();
    Names.labelsMap(Fields.map(group.spec(), "metadata", "labels"), Path.ROOT, labels);
    if (labels.hasErrors()) {
      verdicts.error(
          Path.of("spec", "metadata", "labels"),
          "invalid labels: " + labels.all().getFirst().text());
      return;
    }
    probe(Fields.node(group.spec(), "probe"), Path.of("spec", "probe"), verdicts);
  }

  private static void probe(@Nullable Node probe, Path path, Verdicts verdicts) {
    if (probe == null) {
      return;
    }
    for (String field :
        List.of(
            "periodSeconds",
            "initialDelaySeconds",
            "timeoutSeconds",
            "successThreshold",
            "failureThreshold")) {
      verdicts.errorIf(
          Fields.number(probe, field) < 0, path.key(field), field + " must be non-negative");
    }
    if (Fields.has(probe, "httpGet")) {
      httpGet(Fields.node(probe, "httpGet"), path.key("httpGet"), verdicts);
    } else if (Fields.has(probe, "tcpSocket")) {
      verdicts.errorIf(
          path.key("tcpSocket"), Names.port(Fields.number(probe, "tcpSocket", "port")));
    } else if (Fields.has(probe, "exec")) {
      verdicts.errorIf(
          Fields.items(probe, "exec", "command").isEmpty(),
          path.key("exec"),
          "exec.command is required");
    } else if (!Fields.has(probe, "grpc")) {
      verdicts.error(path, "unknown health check method <nil>");
    }
  }

  private static void httpGet(@Nullable Node get, Path path, Verdicts verdicts) {
    verdicts.errorIf(path.key("port"), Names.port(Fields.number(get, "port")));
    String scheme = Fields.text(get, "scheme");
    verdicts.errorIf(
        !List.of("", "HTTP", "HTTPS").contains(scheme),
        path.key("scheme"),
        "httpGet.scheme must be one of \"HTTPS\", \"HTTP\"");
    List<Node> headers = Fields.items(get, "httpHeaders");
    for (int i = 0; i < headers.size(); i++) {
      String name = Fields.text(headers.get(i), "name");
      verdicts.errorIf(
          !name.matches("[-A-Za-z0-9]+"),
          path.key("httpHeaders").index(i).key("name"),
          "invalid header name %s".formatted(name));
    }
  }
}
