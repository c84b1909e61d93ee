package pharos.backend.source.metric;

import org.jspecify.annotations.Nullable;

/**
 * Which requests failed, as Kiali counts them: no response (code 0), 4xx, 5xx, or a gRPC status
 * other than 0.
 */
public final class ErrorResponse {
  /** Values of {@code response_code} that are errors, as an RE2 expression. */
  public static final String CODE_PATTERN = "0|4..|5..";

  /** Values of {@code grpc_response_status} that are errors, as an RE2 expression. */
  public static final String GRPC_PATTERN = "[1-9][0-9]*";

  private ErrorResponse() {}

  /** Whether a series with these labels counts failed requests. */
  public static boolean is(LabelValues labels) {
    String code = labels.orNull(IstioLabel.RESPONSE_CODE);
    return (code != null
            && (code.equals("0")
                || (code.length() == 3 && (code.charAt(0) == '4' || code.charAt(0) == '5'))))
        || isGrpcError(labels.orNull(IstioLabel.GRPC_RESPONSE_STATUS));
  }

  private static boolean isGrpcError(@Nullable String status) {
    return status != null
        && status.chars().allMatch(c -> c >= '0' && c <= '9')
        && status.charAt(0) != '0';
  }
}
