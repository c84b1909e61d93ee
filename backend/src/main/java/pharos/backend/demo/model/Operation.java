package pharos.backend.demo.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What a workload does for a request that it accepts: its own work, then its calls, step by step.
 *
 * @param method HTTP method that it accepts; empty accepts all
 * @param pathPrefix beginning of the paths that it accepts
 * @param ownWork time that it takes itself, without its calls
 * @param failures ways in which it fails by itself; their shares add up to at most 1
 * @param responseBytes mean size of the response body
 * @param steps one after the other; the calls within a step run in parallel
 */
public record Operation(
    String method,
    String pathPrefix,
    Latency ownWork,
    List<Failure> failures,
    int responseBytes,
    List<List<Call>> steps) {

  public Operation {
    failures = List.copyOf(failures);
    steps = steps.stream().map(List::copyOf).toList();
  }

  /**
   * A way to fail.
   *
   * @param share of the requests, 0–1
   * @param status HTTP status, or the gRPC status where the request is gRPC
   */
  public record Failure(double share, int status) {}

  /** Accepts every method on paths that begin so. */
  public static Operation on(String pathPrefix, Latency ownWork) {
    return new Operation("", pathPrefix, ownWork, List.of(), 1200, List.of());
  }

  /** Accepts everything, including TCP. */
  public static Operation any(Latency ownWork) {
    return on("", ownWork);
  }

  /** Then these calls, in parallel with each other. */
  public Operation then(Call... calls) {
    var more = new ArrayList<>(steps);
    more.add(List.of(calls));
    return new Operation(method, pathPrefix, ownWork, failures, responseBytes, more);
  }

  /** Also fails by itself in this share of the requests. */
  public Operation failing(double share, int status) {
    var more = new ArrayList<>(failures);
    more.add(new Failure(share, status));
    return new Operation(method, pathPrefix, ownWork, more, responseBytes, steps);
  }

  /** Answers with bodies of this mean size. */
  public Operation answering(int bytes) {
    return new Operation(method, pathPrefix, ownWork, failures, bytes, steps);
  }

  /** Accepts this method only. */
  public Operation only(String httpMethod) {
    return new Operation(httpMethod, pathPrefix, ownWork, failures, responseBytes, steps);
  }

  /** Whether a request with this method and path (query included) is for this operation. */
  public boolean accepts(String requestMethod, String requestPath) {
    return (method.isEmpty() || method.equals(requestMethod)) && requestPath.startsWith(pathPrefix);
  }
}
