package pharos.backend.change;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.change.Journal.Acceptance;
import pharos.backend.change.Journal.Attempt;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/**
 * Changes of the cluster: preview, apply, take back, history. The methods read and write and wait:
 * none is for an event loop. A change that was accepted runs on a thread of its own.
 */
public final class Changes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
  private static final Duration LOOK_FOR_ABANDONED = Duration.ofSeconds(5);

  private final ClusterWriter cluster;
  private final Journal journal;
  private final ChangeSettings settings;
  private final String runner = UUID.randomUUID().toString();
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private final Proposals proposals;
  private final Thread recovery;

  /** Begins to take over abandoned changes at {@link #start}. */
  public Changes(ClusterWriter cluster, Journal journal, ChangeSettings settings, Clock clock) {
    this.cluster = cluster;
    this.journal = journal;
    this.settings = settings;
    this.proposals = new Proposals(cluster, journal, clock);
    this.recovery = Thread.ofVirtual().name("change-recovery").unstarted(this::recover);
  }

  /** Finishes what earlier processes began. */
  public void start() {
    recovery.start();
  }

  /** Stops at the next wait; what runs is taken over by the next process. */
  @Override
  public void close() {
    recovery.interrupt();
    running.forEach(Thread::interrupt);
  }

  /**
   * Builds a change from what somebody proposes, against the cluster as it is now, tries it out
   * without storing anything, and keeps it.
   *
   * @param put objects to create or replace
   * @param removed objects to delete
   * @throws ChangeFailure when it cannot become a change
   */
  public Preview propose(
      String title, String author, List<Resource> put, Set<ResourceKey> removed) {
    return proposals.propose(title, author, put, removed);
  }

  /**
   * The change that takes another one back, as a preview: it has to be applied like any other.
   *
   * @throws ChangeFailure.Moved when the other was not applied, or its objects changed since
   */
  public Preview proposeRevert(UUID id, String author) {
    return proposals.proposeRevert(find(id), author);
  }

  /**
   * A kept preview, tried out again.
   *
   * @throws ChangeFailure.Moved when the cluster is not as the preview showed it, or the change
   *     began already
   */
  public Preview preview(UUID id) {
    Change change = find(id);
    if (change.state() != Change.State.PREVIEWED) {
      throw new ChangeFailure.Moved(
          "This change was begun before; it is %s.".formatted(change.state().words()));
    }
    checkUnmoved(change);
    return proposals.preview(change);
  }

  /**
   * Lets a previewed change begin. The answer comes when it has begun, not when it is done.
   *
   * @param hash of the preview that the user saw
   * @param confirmed names of owners whose objects may be written all the same
   * @param idempotencyKey null when there is none
   * @throws ChangeFailure when it cannot begin
   */
  public Change apply(
      UUID id, String hash, Set<String> confirmed, @Nullable String idempotencyKey, String by) {
    Change change = find(id);
    if (!change.hash().equals(hash)) {
      throw refused(by, change, new ChangeFailure.Moved("This is not the preview that was shown."));
    }
    if (change.state() == Change.State.PREVIEWED) {
      checkOwners(change, confirmed, by);
      try {
        checkUnmoved(change);
      } catch (ChangeFailure.Moved moved) {
        throw refused(by, change, moved);
      }
    }
    return switch (journal.accept(change, by, idempotencyKey, runner)) {
      case Acceptance.Begun(Change begun) -> {
        run(begun, false);
        yield begun;
      }
      case Acceptance.Again(Change same) -> same;
      case Acceptance.Busy(String object, Change other) ->
          throw refused(
              by,
              change,
              new ChangeFailure.Moved(
                  "%s is being changed by %s (\"%s\")."
                      .formatted(object, other.author(), other.title())));
      case Acceptance.Past(Change now) ->
          throw refused(
              by,
              change,
              new ChangeFailure.Moved(
                  "This change was begun before; it is %s.".formatted(now.state().words())));
      case Acceptance.KeyTaken _ ->
          throw refused(
              by,
              change,
              new ChangeFailure.Moved("The Idempotency-Key was used for another change."));
    };
  }

  private void checkOwners(Change change, Set<String> confirmed, String by) {
    for (Preview.Owned owned : Proposals.owners(change)) {
      Owner owner = owned.owner();
      String whose =
          "%s belongs to %s (%s)".formatted(owned.key().origin(), owner.name(), owner.evidence());
      if (owner.refusal() == Owner.Refusal.ALWAYS) {
        throw refused(
            by, change, new ChangeFailure.Owned("%s, which %s.".formatted(whose, owner.effect())));
      }
      if (!confirmed.contains(owner.name())) {
        throw refused(
            by,
            change,
            new ChangeFailure.Owned("%s; confirm %s by name.".formatted(whose, owner.name())));
      }
    }
  }

  private void checkUnmoved(Change change) {
    Set<ResourceKey> seen = new HashSet<>();
    for (Step step : change.steps()) {
      if (!seen.add(step.key())) {
        continue;
      }
      Node.Mapping now = proposals.read(step.key(), step.version());
      String before = step.before();
      boolean unmoved =
          (before == null || now == null)
              ? (before == null && now == null)
              : Images.resourceVersion(now).equals(Images.resourceVersion(Images.read(before)));
      if (!unmoved) {
        throw new ChangeFailure.Moved(
            "%s changed since the preview%s."
                .formatted(step.key().origin(), now == null ? "" : Settlement.by(now)));
      }
    }
  }

  private ChangeFailure refused(String by, Change change, ChangeFailure failure) {
    journal.attempt(
        new Attempt(by, "apply refused", change.id(), String.valueOf(failure.getMessage())));
    return failure;
  }

  /** One change. */
  public Change find(UUID id) {
    return journal
        .find(id)
        .orElseThrow(() -> new ChangeFailure.NoSuchChange("There is no change " + id + "."));
  }

  /** The newest changes first. */
  public List<Change> newest(int limit) {
    return journal.newest(limit);
  }

  private void run(Change change, boolean stale) {
    Thread.ofVirtual()
        .name("change " + change.id())
        .start(() -> {
          running.add(Thread.currentThread());
          try {
            ChangeRun run = new ChangeRun(cluster, journal, runner, settings, change);
            Change ended = stale ? run.giveUp() : run.run();
            LOG.info("change {} \"{}\": {}", ended.id(), ended.title(), ended.state().words());
          } catch (InterruptedException e) {
            LOG.info("change {} goes on with the next process", change.id());
          } catch (ChangeFailure e) {
            LOG.warn("change {} will be taken over: {}", change.id(), e.getMessage());
          } finally {
            running.remove(Thread.currentThread());
          }
        });
  }

  private void recover() {
    try {
      while (true) {
        try {
          journal
              .takeOver(runner)
              .ifPresent(taken -> {
                LOG.info("takes over change {}", taken.change().id());
                run(taken.change(), taken.silence().compareTo(ChangeRun.STALE) > 0);
              });
        } catch (ChangeFailure.JournalAway e) {
          LOG.debug("the journal is away: {}", e.getMessage());
        }
        Thread.sleep(LOOK_FOR_ABANDONED);
      }
    } catch (InterruptedException e) {
      LOG.debug("closed");
    }
  }
}
