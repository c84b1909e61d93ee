package pharos.config.check.istio;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;

/** Checks of annotation values (analysis catalog 8.2). */
final class AnnotationValues {
  private static final Set<String> MODES = Set.of("REDIRECT", "TPROXY", "NONE");
  private static final Set<String> BOOLEANS =
      Set.of("1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False");
  private static final Pattern INTERFACE = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]{0,14}");
  private static final Pattern QUANTITY =
      Pattern.compile(
          "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");

  private AnnotationValues() {}

  /** What is wrong with the value, or null. */
  static @Nullable String problem(String name, String value) {
    return switch (name) {
      case "sidecar.istio.io/interceptionMode" ->
          MODES.contains(value)
              ? null
              : "interceptionMode invalid, use REDIRECT,TPROXY,NONE: " + value;
      case "status.sidecar.istio.io/port" ->
          isNumber(value.strip(), 65_535) ? null : "port invalid: " + value;
      case "readiness.status.sidecar.istio.io/initialDelaySeconds",
          "readiness.status.sidecar.istio.io/periodSeconds",
          "readiness.status.sidecar.istio.io/failureThreshold" ->
          isNumber(value, 4_294_967_295L) ? null : "not an unsigned 32-bit integer: " + value;
      case "traffic.sidecar.istio.io/includeOutboundIPRanges" ->
          value.equals("*") ? null : eachOf(value, AnnotationValues::isPrefix, "CIDR prefix");
      case "traffic.sidecar.istio.io/excludeOutboundIPRanges" ->
          eachOf(value, AnnotationValues::isPrefix, "CIDR prefix");
      case "traffic.sidecar.istio.io/includeInboundPorts" ->
          value.equals("*") ? null : eachOf(value, port -> isNumber(port, 65_535), "port");
      case "traffic.sidecar.istio.io/excludeInboundPorts",
          "traffic.sidecar.istio.io/excludeOutboundPorts" ->
          eachOf(value, port -> isNumber(port, 65_535), "port");
      case "traffic.sidecar.istio.io/excludeInterfaces",
          "traffic.sidecar.istio.io/kubevirtInterfaces",
          "istio.io/reroute-virtual-interfaces" ->
          eachOf(value, INTERFACE::matches, "interface name");
      case "prometheus.istio.io/merge-metrics" ->
          BOOLEANS.contains(value) ? null : "not a boolean: " + value;
      case "proxy.istio.io/config" -> {
        Node node = DocumentReader.value(value, Limits.DEFAULT);
        yield node instanceof Node.Mapping || value.isBlank()
            ? null
            : "not a proxy config: " + value;
      }
      case "sidecar.istio.io/proxyCPU",
          "sidecar.istio.io/proxyCPULimit",
          "sidecar.istio.io/proxyMemory",
          "sidecar.istio.io/proxyMemoryLimit" ->
          QUANTITY.matches(value) ? null : "not a quantity: " + value;
      default -> null;
    };
  }

  private interface Accepts {
    boolean test(String text);
  }

  private static @Nullable String eachOf(String value, Accepts accepts, String what) {
    if (value.isEmpty()) {
      return null;
    }
    for (String part : value.split(",", -1)) {
      if (!accepts.test(part.strip())) {
        return "invalid %s: %s".formatted(what, part.toLowerCase(Locale.ROOT));
      }
    }
    return null;
  }

  private static boolean isNumber(String text, long most) {
    return DIGITS.matches(text) && Long.parseLong(text) <= most;
  }

  private static boolean isPrefix(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String address = text.substring(0, slash);
    boolean v6 = address.contains(":");
    return isNumber(text.substring(slash + 1), v6 ? 128 : 32)
        && (v6 ? address.matches("[0-9a-fA-F:.]+") : isIpv4(address));
  }

  private static boolean isIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      if (!isNumber(part, 255)) {
        return false;
      }
    }
    return true;
  }
}
