package pharos.backend.change;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import pharos.backend.change.ClusterWriter.Answer;
import pharos.backend.change.ClusterWriter.Reading;
import pharos.backend.change.Preview.Trial;
import pharos.backend.change.WriteOrder.Proposed;
import pharos.config.resource.JsonText;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/** Makes changes out of what somebody proposes, against the cluster as it is now. */
final class Proposals {
  /** What may be written: configuration of the mesh, and nothing that holds secrets. */
  private static final Set<String> GROUPS =
      Set.of(
          "networking.istio.io",
          "security.istio.io",
          "telemetry.istio.io",
          "extensions.istio.io",
          "gateway.networking.k8s.io");

  private final ClusterWriter cluster;
  private final Journal journal;
  private final Clock clock;

  Proposals(ClusterWriter cluster, Journal journal, Clock clock) {
    this.cluster = cluster;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Builds a change from what somebody proposes, against the cluster as it is now, tries it out
   * without storing anything, and keeps it.
   *
   * @param put objects to create or replace
   * @param removed objects to delete
   * @throws ChangeFailure when it cannot become a change
   */
  Preview propose(String title, String author, List<Resource> put, Set<ResourceKey> removed) {
    List<Proposed> proposed = new ArrayList<>();
    for (Resource draft : put) {
      checkKind(draft.key());
      String version = version(draft.key(), draft.apiVersion());
      Node.Mapping live = read(draft.key(), version);
      Node.Mapping after = Images.after(draft, live);
      if (live == null || !Images.sameContent(Images.unmarked(live), Images.unmarked(after))) {
        proposed.add(new Proposed(draft.key(), version, live, after));
      }
    }
    for (ResourceKey key : removed) {
      checkKind(key);
      String version = version(key, "");
      Node.Mapping live = read(key, version);
      if (live != null) {
        proposed.add(new Proposed(key, version, live, null));
      }
    }
    return keep(UUID.randomUUID(), title, author, null, proposed);
  }

  /** The change that takes another one back, as a preview: it has to be applied like any other. */
  Preview proposeRevert(Change done, String author) {
    if (done.state() != Change.State.DONE) {
      throw new ChangeFailure.Moved(
          "Only a change that was applied can be taken back; this one is %s."
              .formatted(done.state().words()));
    }
    List<Proposed> back = new ArrayList<>();
    for (Step step : done.steps().reversed()) {
      boolean first =
          done.steps().stream()
              .filter(other -> other.key().equals(step.key()))
              .allMatch(other -> other.number() >= step.number());
      if (first) {
        back.add(undoing(step, done));
      }
    }
    return keep(UUID.randomUUID(), "Take back: " + done.title(), author, done.id(), back);
  }

  private Proposed undoing(Step step, Change done) {
    Node.Mapping now = read(step.key(), step.version());
    String left =
        done.steps().stream()
            .filter(other -> other.key().equals(step.key()))
            .map(Step::left)
            .filter(Objects::nonNull)
            .reduce((_, newest) -> newest)
            .orElse("");
    boolean asLeft =
        left.isEmpty() ? now == null : now != null && Images.sameContent(now, Images.read(left));
    if (!asLeft) {
      throw new ChangeFailure.Moved(
          "%s was changed since%s; edit it instead of taking this back."
              .formatted(step.key().origin(), now == null ? "" : Settlement.by(now)));
    }
    if (step.before() == null) {
      return new Proposed(step.key(), step.version(), now, null);
    }
    Node.Mapping before = Images.read(step.before());
    return new Proposed(
        step.key(),
        step.version(),
        now,
        now == null ? Images.content(before) : Images.restored(before, now));
  }

  private Preview keep(
      UUID id, String title, String author, @Nullable UUID reverts, List<Proposed> proposed) {
    if (proposed.isEmpty()) {
      throw new ChangeFailure.Unusable("Nothing would change: the cluster is like that already.");
    }
    List<Step> steps = new ArrayList<>();
    for (Proposed one : WriteOrder.of(proposed)) {
      int number = steps.size() + 1;
      Node.Mapping after = one.after();
      steps.add(
          new Step(
              number,
              one.key(),
              one.version(),
              one.before() == null ? null : JsonText.of(one.before()),
              after == null ? null : JsonText.of(Images.marked(after, id + "." + number)),
              Step.State.PLANNED,
              null,
              ""));
    }
    Change change =
        new Change(
            id,
            title,
            author,
            clock.instant(),
            reverts,
            hash(steps),
            Change.State.PREVIEWED,
            "",
            steps);
    journal.add(change);
    return preview(change);
  }

  /** Tries a change out: nothing is stored. */
  Preview preview(Change change) {
    return new Preview(change, owners(change), trials(change));
  }

  /** What other tools own of the objects. */
  static List<Preview.Owned> owners(Change change) {
    List<Preview.Owned> owned = new ArrayList<>();
    for (Step step : change.steps()) {
      if (step.before() != null) {
        Resource live = Images.resource(step.key(), Images.read(step.before()));
        Owner.of(live).forEach(owner -> owned.add(new Preview.Owned(step.key(), owner)));
      }
    }
    return owned.stream().distinct().toList();
  }

  /** A second write of one object cannot be tried before the first one is stored. */
  private List<Trial> trials(Change change) {
    List<Trial> trials = new ArrayList<>();
    Set<ResourceKey> seen = new HashSet<>();
    for (Step step : change.steps()) {
      if (seen.add(step.key())) {
        Answer answer = cluster.write(StepWrites.of(change, step), true);
        trials.add(
            switch (answer) {
              case Answer.Done _ -> new Trial(step.number(), true, "");
              case Answer.Refused refused -> new Trial(step.number(), false, refused.message());
              case Answer.Conflict(String message) -> new Trial(step.number(), false, message);
              case Answer.Unclear(String message) -> new Trial(step.number(), false, message);
            });
      }
    }
    return trials;
  }

  /** The object as it is now; null when there is none. */
  Node.@Nullable Mapping read(ResourceKey key, String version) {
    return switch (cluster.read(key, version)) {
      case Reading.Found(String json) -> Images.read(json);
      case Reading.Missing() -> null;
      case Reading.Unreadable(String reason) ->
          throw new ChangeFailure.ClusterAway(
              "%s cannot be read: %s".formatted(key.origin(), reason));
    };
  }

  private static void checkKind(ResourceKey key) {
    if (!GROUPS.contains(key.kind().group()) || Kinds.facts(key.kind()) == null) {
      throw new ChangeFailure.Unusable(
          "%s: Pharos changes configuration of Istio and of the Gateway API only."
              .formatted(key.origin()));
    }
  }

  /** As the draft says, else the one to write in. */
  private static String version(ResourceKey key, String apiVersion) {
    int slash = apiVersion.indexOf('/');
    Kinds.Facts facts = Kinds.facts(key.kind());
    return slash > 0 || facts == null
        ? apiVersion.substring(slash + 1)
        : facts.versions().getFirst();
  }

  private static String hash(List<Step> steps) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Step step : steps) {
        String line =
            steps.size()
                + "\n"
                + step.key()
                + "\n"
                + step.version()
                + "\n"
                + step.before()
                + "\n"
                + step.after()
                + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
