package pharos.graph;

import java.util.Locale;
import pharos.graph.sample.Protocol;

/** Two nodes may talk over several protocols; each is an edge of its own. */
public record EdgeKey(NodeId source, NodeId target, Protocol protocol) {

  /** Hex SHA-256 of {@code sourceHash.targetHash.protocol}, as Kiali computes it. */
  public String hash() {
    return NodeId.sha256(
        source.hash() + '.' + target.hash() + '.' + protocol.name().toLowerCase(Locale.ROOT));
  }
}
