package pharos.backend.http;

/**
 * Which names and paths are well formed. Written by hand: no regular expression sees what a client
 * sent.
 */
final class Names {
  private static final int LABEL = 63;
  private static final int SUBDOMAIN = 253;

  private Names() {}

  /** RFC 1123 label, as Kubernetes names namespaces. */
  static boolean isLabel(String text) {
    return text.length() <= LABEL && text.indexOf('.') < 0 && isSubdomain(text);
  }

  /** RFC 1123 subdomain, as Kubernetes names most objects. */
  static boolean isSubdomain(String text) {
    if (text.isEmpty() || text.length() > SUBDOMAIN) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      boolean inside = i > 0 && i < text.length() - 1;
      if (!letterOrDigit && !(inside && (c == '-' || c == '.'))) {
        return false;
      }
    }
    return true;
  }

  /**
   * A name as Kubernetes allows it for any kind: some have capitals, colons or more, but none has
   * what a path cannot hold.
   */
  static boolean isPathSegment(String text) {
    return !text.isEmpty() && text.length() <= SUBDOMAIN && isCanonicalPath("/" + text);
  }

  /** 64 hex digits. */
  static boolean isHash(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** A UUID as we write it: lower case, with its four dashes. */
  static boolean isUuid(String text) {
    if (text.length() != 36) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      if (dash ? c != '-' : !hex) {
        return false;
      }
    }
    return true;
  }

  /**
   * No escapes, no empty or dot segments, no characters that some server in between could read in
   * another way. None of our paths needs any.
   */
  static boolean isCanonicalPath(String path) {
    if (!path.startsWith("/")) {
      return false;
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "/-._~".indexOf(c) >= 0;
      if (!plain) {
        return false;
      }
    }
    return !path.contains("//") && !(path + "/").contains("/./") && !(path + "/").contains("/../");
  }
}
