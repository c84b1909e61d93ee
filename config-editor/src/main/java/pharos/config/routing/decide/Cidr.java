package pharos.config.routing.decide;

import org.jspecify.annotations.Nullable;
import pharos.config.istio.IpAddresses;

/** A range of addresses. */
final class Cidr {
  private final byte[] first;
  private final int length;

  private Cidr(byte[] first, int length) {
    this.first = first;
    this.length = length;
  }

  /** Bits that all of its addresses have in common. */
  int length() {
    return length;
  }

  /** A single address is a range of one; null for what is neither. */
  static @Nullable Cidr of(String text) {
    int slash = text.indexOf('/');
    byte[] bytes = IpAddresses.bytes(slash < 0 ? text : text.substring(0, slash));
    if (bytes == null) {
      return null;
    }
    String length = slash < 0 ? "" : text.substring(slash + 1);
    int bits = bytes.length * 8;
    if (length.isEmpty()) {
      return slash < 0 ? new Cidr(bytes, bits) : null;
    }
    if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
      return null;
    }
    return new Cidr(bytes, Integer.parseInt(length));
  }

  /** Whether an address lies in it; no address lies nowhere. */
  boolean contains(@Nullable String text) {
    byte[] address = text == null ? null : IpAddresses.bytes(text);
    if (address == null || address.length != first.length) {
      return false;
    }
    for (int bit = 0; bit < length; bit += 8) {
      int mask = length - bit >= 8 ? 0xff : 0xff << (8 - (length - bit)) & 0xff;
      if (((address[bit / 8] ^ first[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
