package pharos.config.check.traffic.binding;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import pharos.config.resource.Fields;
import pharos.config.check.traffic.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.Visibility;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.HttpRoute;
import pharos.config.check.traffic.Views;
import pharos.config.routing.compile.delegate.MatchConflicts;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Bindings;

/** Delegates that are missing, out of reach, in conflict or of no use (section 2.3). */
final class DelegateCheck implements Check {
  @Override
  public String name() {
    return "traffic.DelegateCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE);
  }

  /** A rule of a root that delegates. */
  private record Reference(Resource root, HttpRoute rule) {}

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    Map<ResourceKey, List<Reference>> references = new LinkedHashMap<>();
    Set<ResourceKey> named = new HashSet<>();
    for (Resource root : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      // In a delegate: nested, which admission refuses.
      if (Bindings.isDelegate(root) || !delegates(root)) {
        continue;
      }
      for (HttpRoute rule : Views.of(root, mesh.mesh()).http()) {
        if (rule.delegate() != null) {
          ResourceKey key = target(rule.delegate());
          named.add(key);
          Resource delegate = mesh.find(key.kind(), key.namespace(), key.name());
          if (usable(root, rule, key, delegate, mesh, report)) {
            references.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Reference(root, rule));
          }
        }
      }
    }
    for (Resource delegate : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      if (Bindings.isDelegate(delegate) && !named.contains(delegate.key())) {
        report.at(delegate, Path.of("metadata", "name"), BindingMessage.DELEGATE_UNUSED);
      } else if (references.containsKey(delegate.key())) {
        judge(delegate, references.getOrDefault(delegate.key(), List.of()), mesh, report);
      }
    }
  }

  /** Seen without reading all of it: most VirtualServices do not. */
  private static boolean delegates(Resource root) {
    return Rule.http(root).stream().anyMatch(rule -> Fields.has(rule.node(), "delegate"));
  }

  /** R-DEL-2. */
  private static ResourceKey target(HttpRoute.Delegate reference) {
    return new ResourceKey(Kinds.VIRTUAL_SERVICE, reference.namespace(), reference.name());
  }

  private static boolean usable(
      Resource root,
      HttpRoute rule,
      ResourceKey key,
      @Nullable Resource delegate,
      MeshView mesh,
      Report report) {
    Path path = rule.origin().path().key("delegate");
    String name = key.namespace() + "/" + key.name();
    if (delegate == null) {
      report.at(root, path.key("name"), BindingMessage.DELEGATE_NOT_FOUND, name);
      return false;
    }
    if (!Bindings.isDelegate(delegate)) {
      report.at(root, path.key("name"), BindingMessage.DELEGATE_WITH_HOSTS, name);
      return false;
    }
    Set<String> scopes = Bindings.scopes(delegate, mesh.mesh());
    if (!scopes.contains(Visibility.EVERYWHERE) && !scopes.contains(root.key().namespace())) {
      report.at(
          root,
          path.key("name"),
          BindingMessage.DELEGATE_NOT_VISIBLE,
          name,
          root.key().namespace());
      return false;
    }
    return true;
  }

  private static void judge(
      Resource delegate, List<Reference> references, MeshView mesh, Report report) {
    Path name = Path.of("metadata", "name");
    Set<String> roots = new TreeSet<>();
    references.forEach(reference -> roots.add(Bindings.nameOf(reference.root())));
    if (roots.size() > 1) {
      report.at(
          delegate, name, BindingMessage.DELEGATE_SHARED, roots.size(), String.join(", ", roots));
    }
    for (HttpRoute rule : Views.of(delegate, mesh.mesh()).http()) {
      for (HttpMatch match : rule.match()) {
        for (Reference reference : references) {
          List<HttpMatch> wanted = reference.rule().match();
          if (!wanted.isEmpty()
              && wanted.stream().allMatch(root -> MatchConflicts.conflict(root, match))) {
            report.at(
                delegate,
                match.origin().path(),
                BindingMessage.DELEGATE_CONFLICT,
                match.origin().path().toString().substring("spec.".length()),
                reference.rule().origin());
          }
        }
      }
    }
  }
}
