package pharos.backend.traffic;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.Samples;

/**
 * Port: what the mesh looked like. Keeps the samples, not the drawn graph, so that any kind and
 * filter can be built from a past moment.
 */
public interface GraphHistory {

  /** Stores one frame. A second frame for the same moment changes nothing. */
  Future<Void> save(Frame frame);

  /**
   * The newest frame at or before {@code at}, no older than one frame interval; empty when there is
   * none.
   */
  Future<Optional<Frame>> at(Instant at);

  /**
   * Totals over time for the scrubber, oldest first; a bucket without a frame has null values.
   *
   * @param namespaces whose services' requests are counted; empty means all
   */
  Future<List<Bucket>> timeline(Instant from, Instant to, int buckets, Set<String> namespaces);

  /** Oldest moment that can be asked for; empty when nothing is stored. */
  Future<Optional<Instant>> begin();

  /**
   * One stored moment.
   *
   * @param inventory the cluster's content as encoded by the traffic feature; opaque to the store
   * @param namespaces totals of each namespace with traffic or trouble
   */
  @SuppressWarnings("ArrayRecordComponent") // encoded once, never compared
  record Frame(
      Instant at,
      Samples samples,
      byte[] inventory,
      Summary summary,
      Map<String, Summary> namespaces) {
    public Frame {
      namespaces = Map.copyOf(namespaces);
    }
  }

  /**
   * Totals of the mesh or of a namespace: the HTTP and gRPC requests that arrive at its services,
   * as the lists count them. What leaves for unknown hosts is nobody's service.
   */
  record Summary(double perSecond, double errorsPerSecond, String worstHealth) {}

  /** One bucket of the scrubber. */
  record Bucket(Instant at, @Nullable Summary summary) {}
}
