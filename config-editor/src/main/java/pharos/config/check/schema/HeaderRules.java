package pharos.config.check.schema;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Header names, values and operations (analysis catalog 6.4.1). */
final class HeaderRules {
  private static final Pattern NAME = Pattern.compile("[-!#$%&'*+.^_`|~0-9a-zA-Z]+");
  private static final Pattern CLAIM =
      Pattern.compile("(?i)@request\\.auth\\.claims(\\..+|\\[.+\\])");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");
  private static final Set<String> PSEUDO =
      Set.of(":method", ":scheme", ":authority", ":path", ":status");

  private HeaderRules() {}

  static boolean isClaim(String name) {
    return CLAIM.matches(name);
  }

  /** The name of a header match; null when nothing is wrong. */
  static @Nullable String matchName(String name) {
    if (name.isEmpty()) {
      return "header name cannot be empty";
    }
    return isClaim(name) || PSEUDO.contains(name) || NAME.matches(name)
        ? null
        : "header name %s is not a valid header name".formatted(name);
  }

  /** A plain header name; null when nothing is wrong. */
  static @Nullable String plainName(String name) {
    if (name.isEmpty()) {
      return "header name cannot be empty";
    }
    return NAME.matches(name) ? null : "header name %s is not a valid header name".formatted(name);
  }

  static void operations(@Nullable Node headers, Path path, Verdicts verdicts) {
    for (String direction : List.of("request", "response")) {
      for (String operation : List.of("add", "set", "remove")) {
        Path at = path.key(direction).key(operation);
        boolean hostAllowed = direction.equals("request") && !operation.equals("remove");
        if (operation.equals("remove")) {
          for (String name : Fields.texts(headers, direction, operation)) {
            verdicts.errorIf(at, operationName(name, hostAllowed));
          }
          continue;
        }
        for (Map.Entry<String, String> header :
            Fields.map(headers, direction, operation).entrySet()) {
          verdicts.errorIf(at.key(header.getKey()), operationName(header.getKey(), hostAllowed));
          verdicts.errorIf(at.key(header.getKey()), value(header.getValue()));
        }
      }
    }
  }

  private static @Nullable String operationName(String name, boolean hostAllowed) {
    if (name.isEmpty()) {
      return "header name cannot be empty";
    }
    if (hostAllowed && (name.equalsIgnoreCase(":authority") || name.equalsIgnoreCase("host"))) {
      return null;
    }
    if (name.equalsIgnoreCase("host")) {
      return "invalid header \"%s\": cannot set Host header".formatted(name);
    }
    return name.startsWith(":")
        ? "invalid header \"%s\": header cannot have \":\" prefix".formatted(name)
        : null;
  }

  private static @Nullable String value(String value) {
    if (CONTROL.matcher(value).find()) {
      return "header value configuration %s is invalid".formatted(value);
    }
    String wrong = new HeaderFormat(value).problem();
    return wrong == null
        ? null
        : "header value configuration: invalid header configuration. " + wrong;
  }
}
