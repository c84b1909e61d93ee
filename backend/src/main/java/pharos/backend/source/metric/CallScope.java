package pharos.backend.source.metric;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls belong to a question about namespaces: those that begin or end in one of them. A call
 * that never reached a workload ends in the namespace that its host names ({@code
 * reviews.bookinfo.svc…}), as Kiali's query for "unserviced" traffic has it.
 *
 * @param namespaces empty means the whole mesh
 */
public record CallScope(Set<String> namespaces) {
  public CallScope {
    namespaces = Set.copyOf(namespaces);
  }

  /** Whether the series belongs to the question. */
  public boolean holds(LabelValues series) {
    return namespaces.isEmpty()
        || isIn(series.orNull(IstioLabel.SOURCE_WORKLOAD_NAMESPACE))
        || isIn(series.orNull(IstioLabel.DESTINATION_WORKLOAD_NAMESPACE))
        || isIn(series.orNull(IstioLabel.DESTINATION_SERVICE_NAMESPACE))
        || ("unknown".equals(series.orNull(IstioLabel.DESTINATION_WORKLOAD_NAMESPACE))
            && isIn(namespaceOfHost(series.orNull(IstioLabel.DESTINATION_SERVICE))));
  }

  private boolean isIn(@Nullable String namespace) {
    return namespace != null && namespaces.contains(namespace);
  }

  /** The second part of a host of at least three parts. */
  private static @Nullable String namespaceOfHost(@Nullable String host) {
    if (host == null) {
      return null;
    }
    int first = host.indexOf('.');
    int second = host.indexOf('.', first + 1);
    return first > 0 && second > first ? host.substring(first + 1, second) : null;
  }
}
