package pharos.config.check.schema;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.GuardedRegex;
import pharos.config.istio.PortProtocol;
import pharos.config.resource.Path;

/**
 * Rules for names, addresses and numbers that all kinds share (analysis catalog 6.1). Null means:
 * nothing wrong.
 */
final class Names {
  private static final int MAX_REGEX_BYTES = 1024;
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?");
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern TAG_NAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

  private Names() {}

  static @Nullable String port(long number) {
    return number < 1 || number > 65_535
        ? "port number %d must be in the range 1..65535".formatted(number)
        : null;
  }

  static boolean isLabel(String text) {
    return text.length() <= 63 && LABEL.matches(text);
  }

  private static boolean isWildcardLabel(String text) {
    if (text.length() > 63) {
      return false;
    }
    if (text.equals("*")) {
      return true;
    }
    String rest =
        text.startsWith("*-") ? text.substring(2) : text.startsWith("*") ? text.substring(1) : text;
    return LABEL.matches(rest);
  }

  static @Nullable String fqdn(String name) {
    String length = nameLength(name);
    return length != null ? length : labels(name);
  }

  private static @Nullable String nameLength(String name) {
    if (name.length() > 255) {
      return "domain name \"%s\" too long (max 255)".formatted(name);
    }
    return name.isEmpty() ? "empty domain name not allowed" : null;
  }

  private static @Nullable String labels(String name) {
    String[] parts = name.split("\\.", -1);
    String top = parts[parts.length - 1];
    if (INTEGER.matches(top)) {
      return "domain name \"%s\" invalid (top level domain \"%s\" cannot be all-numeric)"
          .formatted(name, top);
    }
    for (int i = 0; i < parts.length; i++) {
      boolean trailingDot = i == parts.length - 1 && parts[i].isEmpty();
      if (!trailingDot && !isLabel(parts[i])) {
        return "domain name \"%s\" invalid (label \"%s\" invalid)".formatted(name, parts[i]);
      }
    }
    return null;
  }

  static @Nullable String wildcardDomain(String name) {
    String length = nameLength(name);
    if (length != null) {
      return length;
    }
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    if (!isWildcardLabel(first)) {
      return "domain name \"%s\" invalid (label \"%s\" invalid)".formatted(name, first);
    }
    return dot < 0 ? null : labels(name.substring(dot + 1));
  }

  /** A host of a VirtualService bound to a gateway; with SNI it may be a cluster name. */
  static @Nullable String gatewayBoundDomain(boolean sni, String name) {
    if (!sni || !name.startsWith("outbound_")) {
      return wildcardDomain(name);
    }
    String[] parts = name.split("_", -1);
    if (parts.length < 4) {
      return "domain name %s invalid, should follow 'outbound_.<PORT>_._.<HOSTNAME>' format"
          .formatted(name);
    }
    String wrong =
        parts[1].replace(".", "").chars().noneMatch(Character::isDigit)
            ? parts[1]
            : parts[3].replace(".", "").chars().noneMatch(Character::isLetter) ? parts[3] : null;
    return wrong == null
        ? null
        : "domain name \"%s\" invalid (label \"%s\" invalid). should follow outbound_.<PORT>_._.<HOSTNAME> format"
            .formatted(name, wrong);
  }

  static @Nullable String partialWildcard(String host) {
    return host.contains("*") && host.length() > 1 && !host.startsWith("*.")
        ? "partial wildcard \"%s\" not allowed".formatted(host)
        : null;
  }

  static boolean isIp(String address) {
    return Addresses.isIp(address);
  }

  static @Nullable String ip(String address) {
    return isIp(address) ? null : address + " is not a valid IP";
  }

  static @Nullable String subnet(String address) {
    if (address.chars().filter(c -> c == '/').count() != 1) {
      return ip(address);
    }
    return Addresses.isPrefix(address) ? null : address + " is not a valid CIDR block";
  }

  static @Nullable String percent(long number) {
    return number < 0 || number > 100
        ? "percentage %d is not in range 0..100".formatted(number)
        : null;
  }

  static @Nullable String fraction(double value) {
    return value < 0 || value > 100 || (value > 0 && value < 0.0001)
        ? "percentage %s is neither 0.0, nor in range [0.0001, 100.0]"
            .formatted(Values.goFloat(value))
        : null;
  }

  static void labelsMap(Map<String, String> labels, Path path, Verdicts verdicts) {
    labels.forEach((key, value) -> {
      verdicts.errorIf(path.key(key), tagKey(key));
      if (!value.isEmpty() && !TAG_NAME.matches(value)) {
        verdicts.error(path.key(key), "invalid tag value: \"%s\"".formatted(value));
      }
    });
  }

  private static @Nullable String tagKey(String key) {
    int slash = key.indexOf('/');
    String prefix = slash < 0 ? "" : key.substring(0, slash);
    String name = key.substring(slash + 1);
    boolean prefixFits = true;
    if (slash >= 0) {
      for (String part : prefix.split("\\.", -1)) {
        prefixFits &= LABEL.matches(part);
      }
    }
    if (!prefixFits || !TAG_NAME.matches(name)) {
      return "invalid tag key: \"%s\"".formatted(key);
    }
    if (prefix.length() > 253) {
      return "invalid tag key: \"%s\" (DNS prefix is too long)".formatted(key);
    }
    return name.length() > 63 ? "invalid tag key: \"%s\" (name is too long)".formatted(key) : null;
  }

  static @Nullable String subsetName(String name) {
    if (name.isEmpty()) {
      return "subset name cannot be empty";
    }
    return isLabel(name) ? null : "subset name is invalid: " + name;
  }

  static @Nullable String portName(String name) {
    return isLabel(name) ? null : "invalid port name: " + name;
  }

  static @Nullable String protocol(String name) {
    return name.isEmpty() || PortProtocol.parse(name) != PortProtocol.UNSUPPORTED
        ? null
        : "unsupported protocol: " + name;
  }

  static @Nullable String unixAddress(String text) {
    String address = text.startsWith("unix://") ? text.substring("unix://".length()) : text;
    if (address.isEmpty()) {
      return "unix address must not be empty";
    }
    boolean file = address.startsWith("@") || (address.startsWith("/") && !address.endsWith("/"));
    return file ? null : address + " is not an absolute path to a file";
  }

  static @Nullable String regex(String regex, String where) {
    if (regex.getBytes(StandardCharsets.UTF_8).length > MAX_REGEX_BYTES) {
      return "\"%s\": regex is too large, max length allowed is 1024".formatted(where);
    }
    return switch (GuardedRegex.compile(regex)) {
      case GuardedRegex.Invalid(String reason) ->
          "\"%s\": %s; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)"
              .formatted(where, reason);
      // The webhook has no such limit.
      case GuardedRegex.TooLarge _, GuardedRegex.Compiled _ -> null;
    };
  }
}
