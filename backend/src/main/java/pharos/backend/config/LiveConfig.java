package pharos.backend.config;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.config.Analyzed.SkippedCheck;
import pharos.config.check.AllChecks;
import pharos.config.check.Analysis;
import pharos.config.check.Check;
import pharos.config.check.CheckedMesh;
import pharos.config.check.FindingsDelta;
import pharos.config.check.MeshView;
import pharos.config.reference.NameHelp;
import pharos.config.reference.References;
import pharos.config.resource.Kinds;
import pharos.config.resource.Manifest;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/**
 * The analysis of the live cluster, renewed after changes, and the comparison of drafts with it.
 * The methods compute: none is for an event loop, apart from {@link #state}.
 */
public final class LiveConfig implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveConfig.class);

  /** Kinds of which sources keep only what checks read, so that their texts are not whole. */
  public static final Set<ResourceKey.Kind> REDUCED =
      Set.of(
          Kinds.POD,
          Kinds.DEPLOYMENT,
          Kinds.STATEFUL_SET,
          Kinds.DAEMON_SET,
          Kinds.NODE,
          Kinds.SECRET,
          Kinds.CONFIG_MAP,
          Kinds.CUSTOM_RESOURCE_DEFINITION);

  private final ConfigSource source;
  private final List<Check> checks;
  private final Clock clock;
  private final Semaphore changed = new Semaphore(1);
  private final Thread worker;
  private volatile @Nullable Analyzed analyzed;
  private volatile @Nullable Named named;

  /** References are read when somebody asks for them, once per snapshot. */
  private record Named(Snapshot of, References references) {}

  /** Begins at {@link #start}. */
  public LiveConfig(ConfigSource source, Clock clock) {
    this.source = source;
    this.checks = AllChecks.standard();
    this.clock = clock;
    this.worker = Thread.ofPlatform().daemon().name("analysis").unstarted(this::follow);
    source.onChange(changed::release);
  }

  /** Analyses what there is, and again after every change. */
  public void start() {
    worker.start();
  }

  @Override
  public void close() {
    worker.interrupt();
  }

  private void follow() {
    try {
      while (true) {
        changed.acquire();
        changed.drainPermits();
        ClusterConfig config = source.current();
        Analyzed before = analyzed;
        if (config.known() && (before == null || !config.equals(before.config()))) {
          try {
            analyzed = analyze(config, before);
          } catch (RuntimeException e) {
            LOG.error("the configuration could not be analysed", e);
          }
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("closed");
    }
  }

  private Analyzed analyze(ClusterConfig config, @Nullable Analyzed before) {
    Instant at = clock.instant();
    long begin = System.nanoTime();
    List<SkippedCheck> skipped = new ArrayList<>();
    List<Check> run = runnable(config, skipped);
    MeshView mesh = mesh(config, config.resources(), at);
    CheckedMesh checked =
        before == null || !before.skipped().equals(skipped)
            ? CheckedMesh.of(run, mesh)
            : before.checked().with(mesh);
    return Analyzed.of(config, checked, skipped, at, Duration.ofNanos(System.nanoTime() - begin));
  }

  /** A check that cannot see a kind would take all of it for missing. */
  private List<Check> runnable(ClusterConfig config, List<SkippedCheck> skipped) {
    List<Check> run = new ArrayList<>();
    for (Check check : checks) {
      List<String> reasons =
          check.reads().stream()
              .filter(config.unreadable()::containsKey)
              .map(kind -> kind + ": " + config.unreadable().get(kind))
              .sorted()
              .toList();
      if (reasons.isEmpty()) {
        run.add(check);
      } else {
        skipped.add(new SkippedCheck(check.name(), String.join("; ", reasons)));
      }
    }
    return run;
  }

  private static MeshView mesh(ClusterConfig config, Snapshot resources, Instant now) {
    return new MeshView(resources, config.mesh(), Map.of(), "", now);
  }

  /**
   * The newest analysis; never blocks.
   *
   * @throws ConfigFailure.NotKnownYet before the first one
   */
  public Analyzed state() {
    Analyzed newest = analyzed;
    if (newest == null) {
      String because = source.current().unknownBecause();
      throw new ConfigFailure.NotKnownYet(
          because.isEmpty() ? "The first analysis is still running." : because);
    }
    return newest;
  }

  /**
   * One object of the newest analysis.
   *
   * @throws ConfigFailure when there is none, or its kind may not be read
   */
  public Resource object(Analyzed in, ResourceKey key) {
    Resource resource = in.config().resources().get(key);
    if (resource != null) {
      return resource;
    }
    String reason = in.config().unreadable().get(key.kind());
    if (reason != null) {
      throw new ConfigFailure.Forbidden(key.kind() + ": " + reason);
    }
    throw new ConfigFailure.NoSuchObject("There is no " + key.origin() + " in the cluster.");
  }

  /** Who names whom in an analysed cluster. */
  public References references(Analyzed in) {
    Snapshot resources = in.config().resources();
    Named newest = named;
    if (newest == null || newest.of() != resources) {
      newest = new Named(resources, References.of(resources, in.config().mesh().rootNamespace()));
      named = newest;
    }
    return newest.references();
  }

  /**
   * Names of the newest analysed cluster that can be written at a path; none before the first.
   *
   * @param host the host beside a subset; empty when there is none
   */
  public List<NameHelp.Name> names(
      ResourceKey.Kind kind, String namespace, Path path, String host) {
    Analyzed newest = analyzed;
    return newest == null
        ? List.of()
        : NameHelp.complete(newest.config().resources(), kind, namespace, path, host);
  }

  /**
   * What the draft would change in the findings of the whole mesh.
   *
   * @throws ConfigFailure.NotKnownYet before the first analysis
   */
  public DraftAnswer check(Draft draft) {
    Analyzed live = state();
    long begin = System.nanoTime();
    Snapshot before = live.config().resources();
    List<DraftAnswer.Change> objects = new ArrayList<>();
    List<Resource> put = new ArrayList<>();
    for (Resource proposed : draft.put()) {
      Resource known = before.get(proposed.key());
      Resource completed = Manifest.completed(proposed, known);
      put.add(completed);
      objects.add(new DraftAnswer.Change(proposed.key(), effect(known, completed)));
    }
    for (ResourceKey key : draft.removed()) {
      if (before.get(key) != null) {
        objects.add(new DraftAnswer.Change(key, DraftAnswer.Effect.REMOVED));
      }
    }
    MeshView proposed = mesh(live.config(), before.overlay(put, draft.removed()), clock.instant());
    CheckedMesh after = live.checked().with(proposed);
    FindingsDelta delta =
        FindingsDelta.between(live.findings(), after.findings(Analysis.Filter.ALL));
    return new DraftAnswer(
        objects,
        delta,
        draft.refusals(),
        live.skipped(),
        Duration.ofNanos(System.nanoTime() - begin));
  }

  private static DraftAnswer.Effect effect(@Nullable Resource known, Resource completed) {
    if (known == null) {
      return DraftAnswer.Effect.CREATED;
    }
    return Manifest.text(known).equals(Manifest.text(completed))
        ? DraftAnswer.Effect.UNCHANGED
        : DraftAnswer.Effect.CHANGED;
  }
}
