package pharos.backend.demo.apiserver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The plan of misbehaviour: which calls meet which fault, how many times. Also the cluster's access
 * rules, since a refusal is one more way to fail. Thread-safe.
 */
public final class Faults {
  private final CopyOnWriteArrayList<Rule> rules = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Predicate<Call>> forbidden = new CopyOnWriteArrayList<>();

  /**
   * The next {@code times} matching calls meet the fault; rules that were added earlier go first.
   */
  public void add(Predicate<Call> calls, Fault fault, int times) {
    rules.add(new Rule(calls, fault, new AtomicInteger(times)));
  }

  /** Matching calls are forbidden until {@link #clear}; access reviews say so too. */
  public void forbid(Predicate<Call> calls) {
    forbidden.add(calls);
  }

  /** Back to good behaviour. */
  public void clear() {
    rules.clear();
    forbidden.clear();
  }

  boolean allows(Call call) {
    return forbidden.stream().noneMatch(rule -> rule.test(call));
  }

  /** Takes one use of the first rule that matches. */
  Optional<Fault> next(Call call) {
    for (Rule rule : rules) {
      if (rule.calls.test(call)) {
        int left = rule.left.getAndDecrement();
        if (left > 0) {
          if (left == 1) {
            rules.remove(rule);
          }
          return Optional.of(rule.fault);
        }
      }
    }
    return Optional.empty();
  }

  /** Calls on one plural with one of the verbs; no verbs means all. */
  public static Predicate<Call> on(String plural, String... verbs) {
    List<String> wanted = List.of(verbs);
    return call ->
        call.type().plural().equals(plural) && (wanted.isEmpty() || wanted.contains(call.verb()));
  }

  /** What happens to a call. */
  public sealed interface Fault {
    /** The connection closes and nothing was done. */
    record DropBefore() implements Fault {}

    /** The call is done, and the connection closes before the answer. */
    record DropAfter() implements Fault {}

    /** This status is answered and nothing was done. */
    record Refuse(int status, String reason, String message) implements Fault {}

    /** The call is done, and this status is answered. */
    record Mislead(int status, String reason, String message) implements Fault {}

    /** The call is done after a while. */
    record Delay(Duration by) implements Fault {}

    /** HTTP 410, as for a resource version that is too old. */
    record Gone() implements Fault {}
  }

  private record Rule(Predicate<Call> calls, Fault fault, AtomicInteger left) {}
}
