package pharos.config.check.schema;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** Values in AuthorizationPolicies (analysis catalog 6.7). Null means: nothing wrong. */
final class PolicyValues {
  private static final Pattern SEGMENT = Pattern.compile("[a-zA-Z0-9-._~%!$&'()+,;:@=]*");

  private PolicyValues() {}

  static @Nullable String ipBlock(String value) {
    if (value.contains("/")) {
      return Addresses.isPrefix(value)
          ? null
          : "bad CIDR range (%s): invalid CIDR address: %s".formatted(value, value);
    }
    return Addresses.isIp(value) || value.isEmpty() ? null : "bad IP address (%s)".formatted(value);
  }

  static @Nullable String port(String value) {
    boolean valid = value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65_535;
    return valid || value.isEmpty()
        ? null
        : "bad port (%s): not a number in the range 0..65535".formatted(value);
  }

  static @Nullable String path(String value, String field) {
    if (!value.contains("{") && !value.contains("}")) {
      return null;
    }
    String wrong =
        "invalid or unsupported path %s, found in %s. Contains '{' or '}' beyond a supported path template"
            .formatted(value, field);
    boolean any = false;
    for (String segment : value.split("/", -1)) {
      boolean template = segment.equals("{*}") || segment.equals("{**}");
      if (any && template) {
        return wrong;
      }
      any |= segment.equals("{**}");
      if (!template && !SEGMENT.matches(segment)) {
        return wrong;
      }
    }
    return null;
  }

  static @Nullable String trustDomain(String value, String field) {
    long stars = value.chars().filter(c -> c == '*').count();
    if (stars > 1) {
      return "at most one wildcard is allowed, found %s in %s".formatted(value, field);
    }
    if (stars == 1 && !value.startsWith("*") && !value.endsWith("*")) {
      return "wildcard is only allowed at the start or end, found %s in %s".formatted(value, field);
    }
    return value.contains("/")
        ? "trust domain must not contain '/', found %s in %s".formatted(value, field)
        : null;
  }

  static @Nullable String serviceAccount(String value, String field) {
    if (value.contains("*")) {
      return "wildcard not allowed, found in %s".formatted(field);
    }
    if (value.length() > 320) {
      return "value cannot exceed 320 characters, found in %s".formatted(field);
    }
    String[] parts = value.split("/", -1);
    boolean shaped = parts.length <= 2 && !parts[0].isEmpty() && !parts[parts.length - 1].isEmpty();
    return shaped || value.isEmpty()
        ? null
        : "expected format 'serviceAccount' or 'namespace/serviceAccount', found %s in %s"
            .formatted(value, field);
  }
}
