package pharos.backend.change;

import pharos.backend.change.ClusterWriter.Answer;
import pharos.backend.change.ClusterWriter.Reading;
import pharos.backend.change.ClusterWriter.Write;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;

/**
 * Does one conditional write and finds out what came of it. An answer is never taken for the truth:
 * the object is read back. Where the answer was lost the write is sent again only after a look has
 * shown that it has not happened; its condition makes sure that it can happen only once, also when
 * the first one arrives late.
 */
final class Settlement {
  private final ClusterWriter cluster;
  private final ChangeSettings settings;
  private final Runnable alive;

  /**
   * @param alive called before each look after the first
   */
  Settlement(ClusterWriter cluster, ChangeSettings settings, Runnable alive) {
    this.cluster = cluster;
    this.settings = settings;
    this.alive = alive;
  }

  /** What came of a write. */
  sealed interface Outcome {
    /**
     * It is in the cluster.
     *
     * @param left the object as read back; empty after a deletion
     */
    record Happened(String left) implements Outcome {}

    /** It is not in the cluster and will not be. */
    record Not(String why) implements Outcome {}

    /** Nobody could find out in time. */
    record Unknown(String why) implements Outcome {}
  }

  /** Tells our own write from anybody else's. */
  interface Recognition {
    boolean isOurs(Node.Mapping found);
  }

  /** What one look at the object says about a write. */
  private sealed interface Seen {
    record Settled(Outcome outcome) implements Seen {}

    /** It has not happened, and its condition still holds. */
    record Open() implements Seen {}

    record Blind(String why) implements Seen {}
  }

  /** Sends the write, then looks until it is clear. */
  Outcome write(Write write, Recognition ours) throws InterruptedException {
    return settle(write, ours, cluster.write(write, false));
  }

  /** Looks what came of a write that a process before us may have sent, and completes it. */
  Outcome resume(Write write, Recognition ours) throws InterruptedException {
    return look(write, ours) instanceof Seen.Settled(Outcome outcome)
        ? outcome
        : settle(write, ours, new Answer.Unclear("the process that sent this ended"));
  }

  private Outcome settle(Write write, Recognition ours, Answer first) throws InterruptedException {
    Answer answer = first;
    long end = System.nanoTime() + settings.settleFor().toNanos();
    while (true) {
      if (answer instanceof Answer.Refused refused) {
        return new Outcome.Not(refused.message());
      }
      Seen seen = look(write, ours);
      if (seen instanceof Seen.Settled(Outcome outcome)) {
        return outcome;
      }
      if (System.nanoTime() > end) {
        return new Outcome.Unknown(
            "not known after %d s: %s"
                .formatted(settings.settleFor().toSeconds(), reason(answer, seen)));
      }
      Thread.sleep(settings.lookEvery().toMillis());
      alive.run();
      if (seen instanceof Seen.Open) {
        answer = cluster.write(write, false);
      }
    }
  }

  private static String reason(Answer answer, Seen seen) {
    if (seen instanceof Seen.Blind(String why)) {
      return why;
    }
    return switch (answer) {
      case Answer.Unclear(String message) -> message;
      case Answer.Conflict(String message) -> message;
      case Answer.Refused refused -> refused.message();
      case Answer.Done _ -> "the API server said that it was done, and does not show it";
    };
  }

  private Seen look(Write write, Recognition ours) {
    return switch (cluster.read(write.key(), write.version())) {
      case Reading.Unreadable(String reason) -> new Seen.Blind(reason);
      case Reading.Missing() ->
          switch (write) {
            case Write.Create _ -> new Seen.Open();
            case Write.Replace _ -> not("somebody deleted the object");
            case Write.Delete _ -> new Seen.Settled(new Outcome.Happened(""));
          };
      case Reading.Found(String json) -> {
        Node.Mapping found = Images.read(json);
        yield switch (write) {
          case Write.Create _ ->
              ours.isOurs(found)
                  ? new Seen.Settled(new Outcome.Happened(json))
                  : not("somebody created an object of that name");
          case Write.Replace replace ->
              ours.isOurs(found)
                  ? new Seen.Settled(new Outcome.Happened(json))
                  : isVersion(found, Images.read(replace.json()))
                      ? new Seen.Open()
                      : not("somebody changed the object" + by(found));
          case Write.Delete delete -> deletion(delete, found);
        };
      }
    };
  }

  private static Seen deletion(Write.Delete delete, Node.Mapping found) {
    if (!Images.uid(found).equals(delete.uid())
        || !Fields.text(found, "metadata", "deletionTimestamp").isEmpty()) {
      return new Seen.Settled(new Outcome.Happened(""));
    }
    return Images.resourceVersion(found).equals(delete.resourceVersion())
        ? new Seen.Open()
        : not("somebody changed the object" + by(found));
  }

  private static boolean isVersion(Node.Mapping found, Node.Mapping base) {
    return Images.uid(found).equals(Images.uid(base))
        && Images.resourceVersion(found).equals(Images.resourceVersion(base));
  }

  private static Seen not(String why) {
    return new Seen.Settled(new Outcome.Not(why));
  }

  /** The writer that the API server noted last, as far as it says. */
  static String by(Node.Mapping found) {
    String newest = "";
    String name = "";
    for (Node entry : Fields.items(found, "metadata", "managedFields")) {
      String time = Fields.text(entry, "time");
      if (time.compareTo(newest) >= 0) {
        newest = time;
        name = Fields.text(entry, "manager");
      }
    }
    return name.isEmpty() ? "" : " (last written by " + name + ")";
  }
}
