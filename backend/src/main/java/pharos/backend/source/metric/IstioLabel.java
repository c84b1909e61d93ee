package pharos.backend.source.metric;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The labels of Istio's standard metrics that Pharos reads. The constant's name in lower case is
 * the label's name; all others are ignored.
 */
public enum IstioLabel {
  SOURCE_CLUSTER,
  SOURCE_WORKLOAD_NAMESPACE,
  SOURCE_WORKLOAD,
  SOURCE_CANONICAL_SERVICE,
  SOURCE_CANONICAL_REVISION,
  APP,
  DESTINATION_CLUSTER,
  DESTINATION_SERVICE_NAMESPACE,
  DESTINATION_SERVICE,
  DESTINATION_SERVICE_NAME,
  DESTINATION_WORKLOAD_NAMESPACE,
  DESTINATION_WORKLOAD,
  DESTINATION_CANONICAL_SERVICE,
  DESTINATION_CANONICAL_REVISION,
  REPORTER,
  REQUEST_PROTOCOL,
  RESPONSE_CODE,
  GRPC_RESPONSE_STATUS,
  RESPONSE_FLAGS,
  CONNECTION_SECURITY_POLICY,
  SOURCE_PRINCIPAL,
  DESTINATION_PRINCIPAL,
  /** Upper bound of a histogram's bucket. */
  LE;

  /** Who reported, and who called whom. */
  public static final List<IstioLabel> CALL = List.copyOf(EnumSet.range(SOURCE_CLUSTER, REPORTER));

  private static final Map<String, IstioLabel> BY_WIRE_NAME =
      Stream.of(values()).collect(toUnmodifiableMap(IstioLabel::wireName, label -> label));

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The label's name, for example {@code source_workload}. */
  public String wireName() {
    return wireName;
  }

  /** The label of that name, null for labels that Pharos does not read. */
  public static @Nullable IstioLabel of(String wireName) {
    return BY_WIRE_NAME.get(wireName);
  }
}
