package pharos.backend.demo.simulation;

import java.util.Map;
import java.util.TreeMap;
import pharos.backend.demo.model.AppProtocol;

/**
 * What really happened, per edge: exact counts against which a graph made from metrics can be
 * judged. A value at one moment; two of them make a window.
 */
public record GroundTruth(Map<Edge, Counts> edges) {

  public GroundTruth {
    edges = Map.copyOf(edges);
  }

  /**
   * An edge. An end that is no workload of the mesh, or was never reached, is {@code "unknown"} in
   * namespace and workload.
   *
   * @param service host of the service that was asked
   */
  public record Edge(
      String sourceNamespace,
      String sourceWorkload,
      String service,
      String destinationNamespace,
      String destinationWorkload,
      AppProtocol protocol)
      implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      return toString().compareTo(other.toString());
    }
  }

  /**
   * Counts since the start, or within a window.
   *
   * @param requests as the caller's proxy counts: one per request, whatever was retried
   * @param errors of them: 4xx, 5xx, no answer, gRPC status other than 0
   * @param arrivals as the server's proxy counts: every attempt and every mirrored copy
   * @param arrivalErrors of them
   * @param mirrored of the arrivals: copies whose answer nobody read
   * @param requestDurations as the caller saw them
   * @param arrivalDurations as the server saw them
   * @param sentBytes of TCP connections: from the server, as {@code istio_tcp_sent_bytes_total}
   * @param receivedBytes of TCP connections: to the server
   */
  public record Counts(
      long requests,
      long errors,
      long arrivals,
      long arrivalErrors,
      long mirrored,
      DurationSketch requestDurations,
      DurationSketch arrivalDurations,
      long sentBytes,
      long receivedBytes) {

    private static Counts none() {
      return new Counts(0, 0, 0, 0, 0, new DurationSketch(), new DurationSketch(), 0, 0);
    }

    private Counts minus(Counts before) {
      return new Counts(
          requests - before.requests,
          errors - before.errors,
          arrivals - before.arrivals,
          arrivalErrors - before.arrivalErrors,
          mirrored - before.mirrored,
          requestDurations.minus(before.requestDurations),
          arrivalDurations.minus(before.arrivalDurations),
          sentBytes - before.sentBytes,
          receivedBytes - before.receivedBytes);
    }
  }

  /** What happened after {@code before}, an earlier state of the same simulation. */
  public GroundTruth since(GroundTruth before) {
    var window = new TreeMap<Edge, Counts>();
    edges.forEach((edge, counts) -> {
      Counts earlier = before.edges.get(edge);
      window.put(edge, earlier == null ? counts : counts.minus(earlier));
    });
    return new GroundTruth(window);
  }

  /** The counts of an edge; zeros where nothing happened. */
  public Counts of(Edge edge) {
    Counts counts = edges.get(edge);
    return counts == null ? Counts.none() : counts;
  }

  /** All requests, as callers counted them. */
  public long totalRequests() {
    return edges.values().stream().mapToLong(Counts::requests).sum();
  }
}
