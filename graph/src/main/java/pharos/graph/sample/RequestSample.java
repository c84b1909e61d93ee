package pharos.graph.sample;

/**
 * One series of {@code istio_requests_total} as a rate.
 *
 * @param protocol {@code request_protocol}: HTTP or GRPC
 * @param responseCode {@code response_code}, for example {@code "200"}; {@code "0"} means no
 *     response
 * @param grpcStatus {@code grpc_response_status}; {@link CallLabels#ABSENT} where the series has
 *     none
 * @param responseFlags {@code response_flags}, {@code "-"} for none
 * @param connectionSecurity {@code connection_security_policy}: {@code mutual_tls}, {@code none},
 *     {@code unknown}
 * @param sourcePrincipal {@code source_principal}
 * @param destinationPrincipal {@code destination_principal}
 * @param perSecond requests per second over the window, ≥ 0 and finite
 */
public record RequestSample(
    Reporter reporter,
    CallLabels call,
    Protocol protocol,
    String responseCode,
    String grpcStatus,
    String responseFlags,
    String connectionSecurity,
    String sourcePrincipal,
    String destinationPrincipal,
    double perSecond) {}
