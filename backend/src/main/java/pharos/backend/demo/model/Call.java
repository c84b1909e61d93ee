package pharos.backend.demo.model;

import java.util.List;

/**
 * A request that a workload or a client sends.
 *
 * @param host as the caller writes it: a service's short name, its full name, or an external host
 * @param method HTTP method; empty for TCP
 * @param paths one of them is drawn per request; a single empty one for TCP
 * @param probability share of the caller's requests that lead to this call, 0–1
 * @param required whether its failure makes the caller fail too
 * @param requestBytes mean size of the request body; for TCP, bytes to the server per call
 * @param responseBytes for TCP, bytes from the server per call; otherwise the server decides
 * @param messages gRPC messages per request; 1 for a unary call
 */
public record Call(
    AppProtocol protocol,
    String host,
    int port,
    String method,
    List<String> paths,
    double probability,
    boolean required,
    int requestBytes,
    int responseBytes,
    int messages) {

  public Call {
    paths = List.copyOf(paths);
    if (paths.isEmpty() || !(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "call of %s: %d paths, probability %s (expected: a path, a probability from 0 to 1)"
              .formatted(host, paths.size(), probability));
    }
  }

  /** {@code GET http://host:port/path}, one of the paths per request. */
  public static Call get(String host, int port, String... paths) {
    return new Call(AppProtocol.HTTP, host, port, "GET", List.of(paths), 1, true, 120, 0, 1);
  }

  /** {@code POST http://host:port/path}. */
  public static Call post(String host, int port, String path) {
    return new Call(AppProtocol.HTTP, host, port, "POST", List.of(path), 1, true, 900, 0, 1);
  }

  /**
   * A unary gRPC call.
   *
   * @param method for example {@code shop.Cart/GetCart}
   */
  public static Call grpc(String host, int port, String method) {
    return new Call(
        AppProtocol.GRPC, host, port, "POST", List.of("/" + method), 1, true, 180, 0, 1);
  }

  /** An exchange over a pooled TCP connection. */
  public static Call tcp(String host, int port, int requestBytes, int responseBytes) {
    return new Call(
        AppProtocol.TCP, host, port, "", List.of(""), 1, true, requestBytes, responseBytes, 1);
  }

  /** The same call, made by this share of the caller's requests. */
  public Call withProbability(double share) {
    return new Call(
        protocol,
        host,
        port,
        method,
        paths,
        share,
        required,
        requestBytes,
        responseBytes,
        messages);
  }

  /** The same call; its failure does not fail the caller. */
  public Call optional() {
    return new Call(
        protocol,
        host,
        port,
        method,
        paths,
        probability,
        false,
        requestBytes,
        responseBytes,
        messages);
  }

  /** The same gRPC call as a stream of this many messages each way. */
  public Call streaming(int messagesEachWay) {
    return new Call(
        protocol,
        host,
        port,
        method,
        paths,
        probability,
        required,
        requestBytes,
        responseBytes,
        messagesEachWay);
  }
}
