package pharos.config.istio;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** IP addresses as text, read without ever asking a name server. */
public final class IpAddresses {
  private IpAddresses() {}

  /** Four bytes, sixteen, or null for what is no address. */
  public static byte @Nullable [] bytes(String address) {
    return address.contains(":") ? sixteen(address) : four(address);
  }

  private static byte @Nullable [] four(String address) {
    String[] parts = address.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
        return null;
      }
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return bytes;
  }

  private static byte @Nullable [] sixteen(String address) {
    int gap = address.indexOf("::");
    byte[] head = groups(gap < 0 ? address : address.substring(0, gap));
    byte[] tail = groups(gap < 0 ? "" : address.substring(gap + 2));
    if (head == null || tail == null) {
      return null;
    }
    int given = head.length + tail.length;
    if (gap < 0 ? given != 16 : given > 14) {
      return null;
    }
    byte[] bytes = new byte[16];
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
    return bytes;
  }

  /** Groups between colons; the last may be written as an IPv4 address. Null if one is none. */
  private static byte @Nullable [] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].contains(".")) {
        byte[] last = four(parts[i]);
        if (last == null) {
          return null;
        }
        bytes.writeBytes(last);
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        int group = Integer.parseInt(parts[i], 16);
        bytes.write(group >> 8);
        bytes.write(group);
      } else {
        return null;
      }
    }
    return bytes.toByteArray();
  }
}
