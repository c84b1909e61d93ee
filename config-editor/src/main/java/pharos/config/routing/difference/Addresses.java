package pharos.config.routing.difference;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses and CIDRs as ranges of numbers. */
final class Addresses {
  /** An address that is rarely anybody's. */
  private static final String ELSEWHERE = "203.0.113.1";

  private Addresses() {}

  /** A range of addresses of one family, ends included. */
  private record Range(BigInteger first, BigInteger last, int bytes, int prefixLength) {}

  private static @Nullable Range range(String cidr) {
    int slash = cidr.indexOf('/');
    byte[] bytes = bytes(slash < 0 ? cidr : cidr.substring(0, slash));
    if (bytes == null) {
      return null;
    }
    int bits = bytes.length * 8;
    int length = bits;
    if (slash >= 0) {
      try {
        length = Math.clamp(Integer.parseInt(cidr.substring(slash + 1)), 0, bits);
      } catch (NumberFormatException e) {
        return null;
      }
    }
    BigInteger size = BigInteger.ONE.shiftLeft(bits - length);
    BigInteger first = new BigInteger(1, bytes).divide(size).multiply(size);
    return new Range(first, first.add(size).subtract(BigInteger.ONE), bytes.length, length);
  }

  private static byte @Nullable [] bytes(String address) {
    try {
      return InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Bits of the prefix; -1 for the empty text, which stands for everything. */
  static int prefixLength(String cidr) {
    Range range = range(cidr);
    return range == null ? -1 : range.prefixLength;
  }

  /** Whether an address lies in a CIDR; a CIDR that is none holds nothing. */
  static boolean contains(String cidr, String address) {
    Range range = range(cidr);
    byte[] bytes = bytes(address);
    if (range == null || bytes == null || bytes.length != range.bytes) {
      return false;
    }
    BigInteger number = new BigInteger(1, bytes);
    return number.compareTo(range.first) >= 0 && number.compareTo(range.last) <= 0;
  }

  /**
   * Addresses that stand for all: between two neighbouring borders of ranges everything is treated
   * alike, and each such stretch begins at a range's first address or just after its last.
   */
  static List<String> examples(Collection<String> cidrs) {
    List<String> examples = new ArrayList<>(List.of(ELSEWHERE));
    for (String cidr : cidrs) {
      Range range = range(cidr);
      if (range != null) {
        add(range.first, range.bytes, examples);
        add(range.last.add(BigInteger.ONE), range.bytes, examples);
      }
    }
    return examples;
  }

  private static void add(BigInteger number, int length, List<String> examples) {
    if (number.bitLength() > length * 8) {
      return; // just after the last address there is
    }
    byte[] padded = new byte[length];
    byte[] bytes = number.toByteArray();
    int copied = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - copied, padded, length - copied, copied);
    try {
      String address = InetAddress.getByAddress(padded).getHostAddress();
      if (!examples.contains(address)) {
        examples.add(address);
      }
    } catch (UnknownHostException e) {
      throw new IllegalStateException("%d bytes are no address".formatted(length), e);
    }
  }
}
