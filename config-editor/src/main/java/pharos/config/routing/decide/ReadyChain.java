package pharos.config.routing.decide;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.Decision;
import pharos.config.routing.Decision.Outcome;
import pharos.config.routing.Decision.Target;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.Listener.Chain;

/** A filter chain with what it does to streams, made when it is first asked for. */
final class ReadyChain {
  private final Chain chain;
  private final Targets targets;
  private volatile @Nullable Outcome streamed;

  ReadyChain(Chain chain, Targets targets) {
    this.chain = chain;
    this.targets = targets;
  }

  Chain chain() {
    return chain;
  }

  /** What happens to the bytes of a connection that it takes without reading requests. */
  Outcome streamed(Listener.Tcp tcp) {
    Outcome known = streamed;
    if (known == null) {
      known = outcome(tcp.destinations());
      streamed = known;
    }
    return known;
  }

  private Outcome outcome(List<Listener.Share> shares) {
    String first = shares.getFirst().cluster();
    if (first.equals(ClusterNames.PASSTHROUGH)) {
      return new Decision.Passthrough(first);
    }
    if (first.equals(ClusterNames.BLACK_HOLE)) {
      return new Decision.Blackhole(0);
    }
    List<Target> destinations = new ArrayList<>();
    for (Listener.Share share : shares) {
      int weight = shares.size() == 1 ? 100 : share.weight(); // R-L4-12
      destinations.add(targets.of(share.cluster(), weight, null));
    }
    return new Decision.TcpForward(destinations);
  }
}
