package pharos.config.check.schema;

import com.google.re2j.Pattern;

/** IP addresses as text, without ever asking a name server. */
final class Addresses {
  private static final Pattern V4_PART = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern V6_PART = Pattern.compile("[0-9a-fA-F]{1,4}");

  private Addresses() {}

  static boolean isIp(String text) {
    return isV4(text) || isV6(text);
  }

  static boolean isV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      if (!V4_PART.matches(part) || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  static boolean isV6(String text) {
    if (!text.contains(":") || text.contains(":::") || text.contains("%")) {
      return false;
    }
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    if (gap < 0) {
      return groups(text) == 8;
    }
    int before = groups(text.substring(0, gap));
    int after = groups(text.substring(gap + 2));
    return before >= 0 && after >= 0 && before + after < 8;
  }

  /** Number of 16-bit groups, or -1. */
  private static int groups(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    int groups = parts.length;
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].contains(".")) {
        if (!isV4(parts[i])) {
          return -1;
        }
        groups++;
      } else if (!V6_PART.matches(parts[i])) {
        return -1;
      }
    }
    return groups;
  }

  /** An address, a slash and a prefix length that fits it. */
  static boolean isPrefix(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String address = text.substring(0, slash);
    String length = text.substring(slash + 1);
    return V4_PART.matches(length)
        && isIp(address)
        && Integer.parseInt(length) <= (isV4(address) ? 32 : 128);
  }
}
