package pharos.config.routing.compile.delegate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.Visibility;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.VirtualService;
import pharos.config.resource.ResourceKey;
import pharos.config.routing.effective.Ignored;

/** Resolves references to delegates. */
public final class Delegates {
  private final Map<String, VirtualService> byName = new HashMap<>();
  private final Set<ResourceKey> used = new HashSet<>();
  private final List<Ignored> ignored = new ArrayList<>();
  private final MeshConfig mesh;

  private Delegates(MeshConfig mesh) {
    this.mesh = mesh;
  }

  /**
   * VirtualServices that route by themselves.
   *
   * @param roots with the rules of their delegates in place
   * @param ignored references that lead nowhere, and delegates that nobody uses
   */
  public record Result(List<VirtualService> roots, List<Ignored> ignored) {
    public Result {
      roots = List.copyOf(roots);
      ignored = List.copyOf(ignored);
    }
  }

  /** Takes delegates apart from roots (R-VS-1) and merges them in. */
  public static Result resolve(Collection<VirtualService> all, MeshConfig mesh) {
    Delegates delegates = new Delegates(mesh);
    List<VirtualService> delegated = new ArrayList<>();
    for (VirtualService one : all) {
      if (one.hosts().isEmpty()) {
        delegates.byName.put(one.namespace() + "/" + one.key().name(), one);
        delegated.add(one);
      }
    }
    List<VirtualService> roots = new ArrayList<>();
    for (VirtualService one : all) {
      if (!one.hosts().isEmpty()) {
        roots.add(delegates.merged(one));
      }
    }
    for (VirtualService delegate : delegated) {
      if (!delegates.used.contains(delegate.key())) {
        delegates.ignored.add(
            new Ignored(
                Origin.of(delegate.key()),
                "R-VS-1",
                "has no hosts, and no rule that may delegate to it does, so it never takes part"));
      }
    }
    return new Result(roots, delegates.ignored);
  }

  /**
   * R-DEL-5: in place, http rules alone (R-DEL-1); R-DEL-4: everything else stays the root's. None
   * may be left (R-DEL-11).
   */
  private VirtualService merged(VirtualService root) {
    if (root.http().stream().allMatch(rule -> rule.delegate() == null)) {
      return root;
    }
    List<HttpRoute> http = new ArrayList<>();
    for (HttpRoute rule : root.http()) {
      if (rule.delegate() == null) {
        http.add(rule);
        continue;
      }
      VirtualService delegate = find(root, rule, rule.delegate());
      if (delegate != null) {
        used.add(delegate.key());
        for (HttpRoute entry : delegate.http()) {
          HttpRoute merged = RuleMerge.merge(rule, entry);
          if (merged == null) {
            ignored.add(
                new Ignored(
                    entry.origin(),
                    "R-DEL-7",
                    "one of its matches contradicts every match of %s".formatted(rule.origin()),
                    root.hosts()));
          } else {
            http.add(merged);
          }
        }
      }
    }
    return new VirtualService(
        root.key(),
        root.created(),
        root.hosts(),
        root.gateways(),
        root.exportTo(),
        http,
        root.tls(),
        root.tcp(),
        root.dialect());
  }

  /** R-DEL-2, R-DEL-3. */
  private @Nullable VirtualService find(
      VirtualService root, HttpRoute rule, HttpRoute.Delegate reference) {
    String name = reference.namespace() + "/" + reference.name();
    VirtualService delegate = byName.get(name);
    if (delegate == null) {
      ignored.add(
          new Ignored(
              rule.origin(),
              "R-DEL-3",
              "delegates to %s, which does not exist or has hosts of its own".formatted(name),
              root.hosts()));
      return null;
    }
    List<String> written =
        delegate.exportTo().isEmpty() ? mesh.virtualServiceExportTo() : delegate.exportTo();
    Set<String> scopes = Visibility.scopes(written, delegate.namespace());
    if (!scopes.contains(Visibility.EVERYWHERE) && !scopes.contains(root.namespace())) {
      ignored.add(
          new Ignored(
              rule.origin(),
              "R-DEL-3",
              "delegates to %s, which is not exported to namespace %s"
                  .formatted(name, root.namespace()),
              root.hosts()));
      return null;
    }
    return delegate;
  }
}
