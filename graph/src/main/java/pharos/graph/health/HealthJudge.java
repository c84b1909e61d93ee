package pharos.graph.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pharos.graph.Health;
import pharos.graph.Health.Reason;
import pharos.graph.Health.Status;
import pharos.graph.health.HealthPolicy.Rule;
import pharos.graph.sample.Protocol;

/**
 * Judges by Kiali's rules (reference §3.5) and says why. Remembers which codes a pattern matches,
 * so one judge serves one graph on one thread.
 */
public final class HealthJudge {
  /** No code and no name is longer; longer text is not worth a regular expression. */
  private static final int MAX_TEXT_LENGTH = 253;

  private static final Protocol[] JUDGED = {Protocol.HTTP, Protocol.GRPC};

  private final HealthPolicy policy;
  private final IdentityHashMap<Pattern, Map<String, Boolean>> matches = new IdentityHashMap<>();

  public HealthJudge(HealthPolicy policy) {
    this.policy = policy;
  }

  /** Which way requests go, seen from the judged object. */
  public enum Direction {
    INBOUND("inbound"),
    OUTBOUND("outbound");

    private final String wireName;

    Direction(String wireName) {
      this.wireName = wireName;
    }
  }

  /**
   * The tolerances of an object.
   *
   * @param kind {@code workload}, {@code app} or {@code service}
   * @param annotation value of {@link Tolerance#ANNOTATION}, null when it has none
   */
  public List<Tolerance> tolerances(
      String namespace, String name, String kind, @Nullable String annotation) {
    if (annotation != null) {
      List<Tolerance> own = Tolerance.parse(annotation);
      if (!own.isEmpty()) {
        return own;
      }
    }
    for (Rule rule : policy.rules()) {
      if (matches(rule.namespace(), namespace)
          && matches(rule.name(), name)
          && matches(rule.kind(), kind)) {
        return rule.tolerances();
      }
    }
    return policy.rules().isEmpty() ? List.of() : policy.rules().getLast().tolerances();
  }

  /**
   * Judges requests in one direction: for each protocol and matching tolerance the share of
   * matching responses among all of that protocol. Not available without requests.
   */
  public Health requests(ResponseCounts counts, Direction direction, List<Tolerance> tolerances) {
    if (counts.counts().isEmpty()) {
      return Health.NONE;
    }
    List<Reason> reasons = new ArrayList<>(0);
    boolean judged = false;
    for (Protocol protocol : JUDGED) {
      double total = counts.total(protocol);
      if (total <= 0) {
        continue;
      }
      for (Tolerance tolerance : tolerances) {
        if (matches(tolerance.direction(), direction.wireName)
            && matches(tolerance.protocol(), wireName(protocol))) {
          judged = true;
          judge(counts, protocol, total, direction, tolerance, reasons);
        }
      }
    }
    if (reasons.isEmpty()) {
      return judged ? new Health(Status.HEALTHY, List.of()) : Health.NONE;
    }
    reasons.sort(Comparator.comparing(Reason::status).reversed());
    return new Health(reasons.getFirst().status(), reasons);
  }

  private void judge(
      ResponseCounts counts,
      Protocol protocol,
      double total,
      Direction direction,
      Tolerance tolerance,
      List<Reason> reasons) {
    double matching = 0;
    for (ResponseCounts.Count count : counts.counts()) {
      if (count.protocol == protocol && matches(tolerance.code(), count.code)) {
        matching += count.perSecond;
      }
    }
    double percent = matching / total * 100;
    if (!(percent > 0)) {
      return;
    }
    Status status;
    double limit;
    if (tolerance.failurePercent() > 0 && percent >= tolerance.failurePercent()) {
      status = Status.FAILURE;
      limit = tolerance.failurePercent();
    } else if (percent >= tolerance.degradedPercent()) {
      status = Status.DEGRADED;
      limit = tolerance.degradedPercent();
    } else {
      return;
    }
    reasons.add(
        new Reason(
            status,
            number(percent)
                + " % of "
                + direction.wireName
                + (protocol == Protocol.HTTP ? " HTTP" : " gRPC")
                + " requests ended with "
                + codes(counts, protocol, tolerance)
                + " ("
                + status.wireName()
                + (limit == 0 ? " above 0 %)" : " from " + number(limit) + " %)")));
  }

  /** The matching codes, for example {@code 500, 503}. */
  private String codes(ResponseCounts counts, Protocol protocol, Tolerance tolerance) {
    TreeSet<String> codes = new TreeSet<>();
    for (ResponseCounts.Count count : counts.counts()) {
      if (count.protocol == protocol && matches(tolerance.code(), count.code)) {
        codes.add(count.code.equals("-") ? "no response" : count.code);
      }
    }
    return String.join(", ", codes);
  }

  /** An edge is judged by its caller's tolerances and by its target's; the worse counts. */
  public Health edge(ResponseCounts counts, List<Tolerance> ofSource, List<Tolerance> ofTarget) {
    return worst(
        requests(counts, Direction.INBOUND, ofTarget),
        requests(counts, Direction.OUTBOUND, ofSource));
  }

  /**
   * Judges a workload by its replicas.
   *
   * @param syncedProxies null when unknown
   */
  public static Health workload(
      int desired, int current, int available, @Nullable Integer syncedProxies) {
    if (desired == 0) {
      return of(Status.NOT_READY, "scaled to 0 replicas");
    }
    if (available > 0 && current > 0 && (current < desired || available < desired)) {
      return of(
          Status.DEGRADED,
          "%d of %d replicas are available".formatted(Math.min(current, available), desired));
    }
    if (available == 0) {
      return of(Status.FAILURE, "none of %d replicas is available".formatted(desired));
    }
    if (desired == available && available != current) {
      return of(
          Status.FAILURE,
          "%d replicas exist, but %d are asked for and available".formatted(current, desired));
    }
    if (syncedProxies != null && syncedProxies >= 0 && syncedProxies < desired) {
      return of(
          Status.DEGRADED,
          "%d of %d proxies are in sync with the control plane".formatted(syncedProxies, desired));
    }
    if (desired == current && current == available) {
      return new Health(Status.HEALTHY, List.of());
    }
    return of(
        Status.DEGRADED,
        "%d replicas are available, %d exist, %d are asked for"
            .formatted(available, current, desired));
  }

  /** The worse status, with the reasons of both, worst first. */
  public static Health worst(Health one, Health other) {
    if (other.reasons().isEmpty() && other.status().compareTo(one.status()) <= 0) {
      return one;
    }
    if (one.reasons().isEmpty() && one.status().compareTo(other.status()) <= 0) {
      return other;
    }
    List<Reason> reasons = new ArrayList<>(one.reasons());
    other.reasons().stream().filter(reason -> !reasons.contains(reason)).forEach(reasons::add);
    reasons.sort(Comparator.comparing(Reason::status).reversed());
    Status status = one.status().compareTo(other.status()) >= 0 ? one.status() : other.status();
    return new Health(status, reasons);
  }

  private static Health of(Status status, String text) {
    return new Health(status, List.of(new Reason(status, text)));
  }

  private boolean matches(Pattern pattern, String text) {
    if (text.length() > MAX_TEXT_LENGTH) {
      return false;
    }
    Map<String, Boolean> known = matches.get(pattern);
    if (known == null) {
      known = new HashMap<>();
      matches.put(pattern, known);
    }
    Boolean match = known.get(text);
    if (match == null) {
      match = pattern.matcher(text).matches();
      known.put(text, match);
    }
    return match;
  }

  private static String wireName(Protocol protocol) {
    return protocol == Protocol.HTTP ? "http" : "grpc";
  }

  /** At most two decimals, and never 0 for what is not 0. */
  private static String number(double value) {
    if (value > 0 && value < 0.01) {
      return "less than 0.01";
    }
    long hundredths = Math.round(value * 100); // String.format took a quarter of a graph's time
    String text = Long.toString(hundredths / 100);
    long rest = hundredths % 100;
    if (rest == 0) {
      return text;
    }
    return text + (rest < 10 ? ".0" : ".") + (rest % 10 == 0 ? rest / 10 : rest);
  }
}
