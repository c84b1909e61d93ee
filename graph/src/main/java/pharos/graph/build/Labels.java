package pharos.graph.build;

import pharos.graph.sample.CallLabels;

/** How label values are read. */
final class Labels {
  static final String UNKNOWN = CallLabels.UNKNOWN;

  private Labels() {}

  /** Kiali's {@code IsOK}: a value that says something. */
  static boolean isKnown(String value) {
    return !value.isEmpty() && !value.equals(UNKNOWN) && !value.equals(CallLabels.ABSENT);
  }

  /**
   * Kiali's {@code IsOKVersion}: {@code latest} is what Istio writes for pods without a version.
   */
  static boolean isKnownVersion(String value) {
    return isKnown(value) && !value.equals("latest");
  }

  static String orEmpty(String value) {
    return isKnown(value) ? value : "";
  }

  static boolean isAbsent(String value) {
    return value.equals(CallLabels.ABSENT);
  }

  /** An IPv4 address with an optional port, such as {@code 10.1.2.3:8080}. */
  static boolean isAddress(String text) {
    int numbers = 0;
    int at = 0;
    while (numbers < 4) {
      int start = at;
      while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
        at++;
      }
      if (at == start) {
        return false;
      }
      numbers++;
      if (numbers < 4) {
        if (at == text.length() || text.charAt(at) != '.') {
          return false;
        }
        at++;
      }
    }
    if (at == text.length()) {
      return true;
    }
    if (text.charAt(at) != ':' || at + 1 == text.length()) {
      return false;
    }
    return text.substring(at + 1).chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
