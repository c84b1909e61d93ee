package pharos.backend.demo.simulation;

import pharos.backend.demo.routing.RouteDecision.Retries;

/** When a proxy tries again. */
final class RetryConditions {
  private RetryConditions() {}

  /** Envoy's retry conditions, as far as this mesh can fail. */
  static boolean meet(Retries retries, Response response) {
    boolean timedOut = response.flags().equals("UT");
    for (String condition : retries.on()) {
      boolean met =
          switch (condition) {
            case "5xx" -> response.code() >= 500;
            case "gateway-error" -> response.code() >= 502 && response.code() <= 504;
            case "reset" -> timedOut;
            case "connect-failure", "refused-stream" -> response.flags().equals("UF");
            case "retriable-status-codes" -> response.code() == 503;
            case "retriable-4xx" -> response.code() == 409;
            case "cancelled" -> response.grpcStatus() == 1;
            case "deadline-exceeded" -> response.grpcStatus() == 4;
            case "resource-exhausted" -> response.grpcStatus() == 8;
            case "internal" -> response.grpcStatus() == 13;
            case "unavailable" -> response.grpcStatus() == 14;
            default -> condition.equals(Integer.toString(response.code()));
          };
      if (met) {
        return true;
      }
    }
    return false;
  }
}
