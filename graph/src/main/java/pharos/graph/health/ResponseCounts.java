package pharos.graph.health;

import java.util.ArrayList;
import java.util.List;
import pharos.graph.sample.Protocol;

/** Requests per second by protocol and code. Filled, then judged; not for sharing. */
public final class ResponseCounts {
  private final List<Count> counts = new ArrayList<>(4);

  /** One code; gRPC codes are statuses unless HTTP failed, {@code -} is no response. */
  static final class Count {
    final Protocol protocol;
    final String code;
    double perSecond;

    Count(Protocol protocol, String code) {
      this.protocol = protocol;
      this.code = code;
    }
  }

  /** Adds requests; TCP and rates of 0 or less are ignored. */
  public void add(Protocol protocol, String code, double perSecond) {
    if (protocol == Protocol.TCP || !(perSecond > 0)) {
      return;
    }
    for (Count count : counts) {
      if (count.protocol == protocol && count.code.equals(code)) {
        count.perSecond += perSecond;
        return;
      }
    }
    Count added = new Count(protocol, code);
    added.perSecond = perSecond;
    counts.add(added);
  }

  List<Count> counts() {
    return counts;
  }

  double total(Protocol protocol) {
    double total = 0;
    for (Count count : counts) {
      total += count.protocol == protocol ? count.perSecond : 0;
    }
    return total;
  }
}
