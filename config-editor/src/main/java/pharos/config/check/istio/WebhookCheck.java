package pharos.config.check.istio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.Selectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Injectors that inject twice, or whose control plane is gone (catalog 5.33). */
final class WebhookCheck implements Check {
  @Override
  public String name() {
    return "webhook.Analyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.MUTATING_WEBHOOK_CONFIGURATION, Kinds.SERVICE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    List<Injector> injectors = new ArrayList<>();
    Set<String> revisions = new TreeSet<>();
    for (Resource configuration : mesh.all(Kinds.MUTATING_WEBHOOK_CONFIGURATION)) {
      List<Node> webhooks = Fields.items(configuration.root(), "webhooks");
      Set<String> own = revisions(configuration, webhooks);
      boolean ours = webhooks.stream().anyMatch(w -> Fields.text(w, "name").endsWith("istio.io"));
      if (own.isEmpty() && !ours) {
        continue;
      }
      revisions.addAll(own);
      webhooks.forEach(webhook -> injectors.add(new Injector(configuration, webhook)));
    }
    checkOverlaps(injectors, revisions, report);
    injectors.forEach(injector -> checkService(injector, mesh, report));
  }

  private static final String REVISION = "istio.io/rev";

  private record Injector(Resource configuration, Node webhook) {
    String fullName() {
      return configuration.key().name() + "/" + Fields.text(webhook, "name");
    }

    boolean selects(Map<String, String> namespace, Map<String, String> object) {
      return Selectors.matchesSelector(Fields.node(webhook, "namespaceSelector"), namespace)
          && Selectors.matchesSelector(Fields.node(webhook, "objectSelector"), object);
    }
  }

  private static Set<String> revisions(Resource configuration, List<Node> webhooks) {
    Set<String> revisions = new TreeSet<>();
    addIfPresent(revisions, configuration.labels().get(REVISION));
    for (Node webhook : webhooks) {
      for (String selector : List.of("namespaceSelector", "objectSelector")) {
        addIfPresent(revisions, Fields.map(webhook, selector, "matchLabels").get(REVISION));
        for (Node expression : Fields.items(webhook, selector, "matchExpressions")) {
          if (Fields.text(expression, "key").equals(REVISION)) {
            revisions.addAll(Fields.texts(expression, "values"));
          }
        }
      }
    }
    return revisions;
  }

  private static void addIfPresent(Set<String> revisions, @Nullable String revision) {
    if (revision != null) {
      revisions.add(revision);
    }
  }

  private void checkOverlaps(
      List<Injector> injectors, Set<String> revisions, Consumer<Finding> report) {
    Set<String> reported = new HashSet<>();
    for (Map<String, String> namespace :
        labels("istio-injection", "enabled", "disabled", revisions)) {
      for (Map<String, String> object :
          labels("sidecar.istio.io/inject", "true", "false", revisions)) {
        List<Injector> selecting =
            injectors.stream().filter(injector -> injector.selects(namespace, object)).toList();
        if (selecting.size() < 2) {
          continue;
        }
        for (Injector injector : selecting) {
          List<String> others =
              selecting.stream()
                  .map(Injector::fullName)
                  .filter(name -> !name.equals(injector.fullName()))
                  .sorted()
                  .toList();
          String text =
              "Webhook overlaps with others: %s. This may cause injection to occur twice."
                  .formatted(others.toString().replace(", ", " "));
          if (reported.add(injector.configuration().key() + text)) {
            report.accept(
                Finding.at(
                    injector.configuration(),
                    Path.ROOT,
                    name(),
                    IstioMessage.INVALID_WEBHOOK,
                    text));
          }
        }
      }
    }
  }

  /** All label sets that matter: none, one of two values, each alone and with every revision. */
  private static List<Map<String, String>> labels(
      String key, String first, String second, Set<String> revisions) {
    List<Map<String, String>> sets = new ArrayList<>();
    for (Map<String, String> base :
        List.of(Map.<String, String>of(), Map.of(key, first), Map.of(key, second))) {
      sets.add(base);
      for (String revision : revisions) {
        Map<String, String> labels = new HashMap<>(base);
        labels.put(REVISION, revision);
        sets.add(labels);
      }
    }
    return sets;
  }

  private void checkService(Injector injector, MeshView mesh, Consumer<Finding> report) {
    Node service = Fields.node(injector.webhook(), "clientConfig", "service");
    if (service == null) {
      return;
    }
    String namespace = Fields.text(service, "namespace");
    String name = Fields.text(service, "name");
    if (mesh.find(Kinds.SERVICE, namespace, name) == null) {
      report.accept(
          Finding.at(
              injector.configuration(),
              Path.ROOT,
              name(),
              IstioMessage.INVALID_WEBHOOK,
              "Injector refers to a control plane service that does not exist: %s/%s."
                  .formatted(namespace, name)));
    }
  }
}
