package pharos.config.check.schema;

import com.google.re2j.Pattern;
import pharos.config.istio.IpAddresses;

/** Whether texts are IP addresses and prefixes. */
final class Addresses {
  private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

  private Addresses() {}

  static boolean isIp(String text) {
    return isV4(text) || isV6(text);
  }

  static boolean isV4(String text) {
    return length(text) == 4;
  }

  static boolean isV6(String text) {
    return length(text) == 16;
  }

  private static int length(String text) {
    byte[] bytes = IpAddresses.bytes(text);
    return bytes == null ? 0 : bytes.length;
  }

  /** An address, a slash and a prefix length that fits it. */
  static boolean isPrefix(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String address = text.substring(0, slash);
    String length = text.substring(slash + 1);
    return LENGTH.matches(length)
        && isIp(address)
        && Integer.parseInt(length) <= (isV4(address) ? 32 : 128);
  }
}
