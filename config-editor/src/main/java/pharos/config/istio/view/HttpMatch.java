package pharos.config.istio.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code http[].match}: all of its conditions must hold (R-HTTP-3).
 *
 * @param name empty for none
 * @param port 0 for any (R-HTTP-2)
 * @param gateways resolved names, {@code mesh} or {@code namespace/name} (R-NAME-15)
 * @param headers by name as written; also {@code @request.auth.claims…} (R-HTTP-19)
 * @param withoutHeaders conditions that must not hold (R-HTTP-17)
 * @param origin of this match
 */
public record HttpMatch(
    String name,
    @Nullable StringMatch uri,
    boolean ignoreUriCase,
    @Nullable StringMatch scheme,
    @Nullable StringMatch method,
    @Nullable StringMatch authority,
    Map<String, StringMatch> headers,
    Map<String, StringMatch> withoutHeaders,
    Map<String, StringMatch> queryParams,
    int port,
    Map<String, String> sourceLabels,
    String sourceNamespace,
    List<String> gateways,
    Origin origin) {
  public HttpMatch {
    headers = Map.copyOf(headers);
    withoutHeaders = Map.copyOf(withoutHeaders);
    queryParams = Map.copyOf(queryParams);
    sourceLabels = Map.copyOf(sourceLabels);
    gateways = List.copyOf(gateways);
  }
}
