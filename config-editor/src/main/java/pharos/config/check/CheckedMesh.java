package pharos.config.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.resource.Snapshot;

/**
 * A mesh and what all checks say of it, immutable. {@link #with} gives the same for a changed mesh
 * and runs only what the change concerns: of an {@link ObjectCheck} the changed objects, of other
 * checks those that read a changed kind. The answer is the one that a full run would give.
 *
 * <p>The live mesh is kept as one of these and moved on with every change; a proposal is the live
 * one {@code with} the proposed objects, and {@link FindingsDelta#between} says what it would do.
 */
public final class CheckedMesh {
  private final MeshView mesh;
  private final List<Verdict> verdicts;

  private CheckedMesh(MeshView mesh, List<Verdict> verdicts) {
    this.mesh = mesh;
    this.verdicts = List.copyOf(verdicts);
  }

  /** Runs all checks. */
  public static CheckedMesh of(Collection<Check> checks, MeshView mesh) {
    return new CheckedMesh(mesh, checks.stream().map(check -> Verdict.fresh(check, mesh)).toList());
  }

  /** What was checked. */
  public MeshView mesh() {
    return mesh;
  }

  /** This mesh with some resources removed, then some put in or replaced. */
  public CheckedMesh with(Collection<Resource> put, Set<ResourceKey> removed) {
    return with(
        new MeshView(
            mesh.resources().overlay(put, removed),
            mesh.mesh(),
            mesh.remotes(),
            mesh.cluster(),
            mesh.now()));
  }

  /**
   * Another mesh. It costs least when its resources come from this one's by {@link
   * Snapshot#overlay}; different settings or other clusters have everything checked again.
   */
  public CheckedMesh with(MeshView next) {
    boolean everything =
        !next.mesh().equals(mesh.mesh())
            || !next.cluster().equals(mesh.cluster())
            || !next.remotes().equals(mesh.remotes());
    if (everything) {
      return of(verdicts.stream().map(Verdict::check).toList(), next);
    }
    Map<Kind, Snapshot.Changes> changes = new HashMap<>();
    for (Kind kind : next.resources().kindsThatDiffer(mesh.resources())) {
      changes.put(kind, next.resources().changesOf(kind, mesh.resources()));
    }
    boolean later = !next.now().equals(mesh.now());
    return new CheckedMesh(
        next, verdicts.stream().map(verdict -> verdict.after(changes, later, next)).toList());
  }

  /**
   * All findings that a filter keeps, in istioctl's order. The same message at several places of an
   * object is several findings; the same words of two checks at one place are one.
   */
  public List<Finding> findings(Analysis.Filter filter) {
    List<Ranked> kept = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      verdict.forEach(ranked -> {
        if (filter.keeps(ranked.finding())) {
          kept.add(ranked);
        }
      });
    }
    return List.copyOf(
        Ranked.distinct(
            kept,
            (a, b) ->
                FindingsDelta.identity(a.finding()).equals(FindingsDelta.identity(b.finding()))));
  }

  /**
   * What one check says.
   *
   * @param byObject an object check's findings by the object, of those that have any
   * @param others all findings of any other check
   */
  private record Verdict(
      Check check, Map<ResourceKey, List<Ranked>> byObject, List<Ranked> others) {
    static Verdict fresh(Check check, MeshView mesh) {
      if (!(check instanceof ObjectCheck each)) {
        List<Ranked> findings = new ArrayList<>();
        check.run(mesh, finding -> findings.add(Ranked.of(finding)));
        return new Verdict(check, Map.of(), findings);
      }
      Map<ResourceKey, List<Ranked>> findings = new HashMap<>();
      for (Kind kind : check.reads()) {
        mesh.all(kind).forEach(resource -> judge(each, resource, mesh, findings));
      }
      return new Verdict(check, findings, List.of());
    }

    Verdict after(Map<Kind, Snapshot.Changes> changes, boolean later, MeshView next) {
      Set<Kind> concerned = new HashSet<>(check.reads());
      concerned.retainAll(changes.keySet());
      boolean timely = later && check.readsClock();
      if (concerned.isEmpty() && !timely) {
        return this;
      }
      if (timely || !(check instanceof ObjectCheck each)) {
        return fresh(check, next);
      }
      Map<ResourceKey, List<Ranked>> findings = new HashMap<>(byObject);
      for (Kind kind : concerned) {
        Snapshot.Changes change = changes.getOrDefault(kind, Snapshot.Changes.NONE);
        change.removed().forEach(findings::remove);
        change.put().forEach(resource -> judge(each, resource, next, findings));
      }
      return new Verdict(check, findings, List.of());
    }

    private static void judge(
        ObjectCheck check,
        Resource resource,
        MeshView mesh,
        Map<ResourceKey, List<Ranked>> findings) {
      List<Ranked> own = new ArrayList<>();
      check.check(resource, mesh.mesh(), finding -> own.add(Ranked.of(finding)));
      if (own.isEmpty()) {
        findings.remove(resource.key());
      } else {
        findings.put(resource.key(), own);
      }
    }

    void forEach(Consumer<Ranked> action) {
      byObject.values().forEach(list -> list.forEach(action));
      others.forEach(action);
    }
  }
}
