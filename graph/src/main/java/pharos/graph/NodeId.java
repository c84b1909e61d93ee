package pharos.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identity of a node. Kiali's id string is kept, so that a link into one dashboard can be turned
 * into a link into the other.
 *
 * @param key Kiali's id string, for example {@code wl_Kubernetes_bookinfo_reviews-v1}
 * @param hash hex SHA-256 of {@code key}: what JSON calls {@code id}
 */
public record NodeId(String key, String hash) implements Comparable<NodeId> {

  /** The identity with this id string. */
  public static NodeId of(String key) {
    return new NodeId(key, sha256(key));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeId that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public int compareTo(NodeId other) {
    return key.compareTo(other.key);
  }

  @Override
  public String toString() {
    return key;
  }

  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is required of every Java platform", e);
    }
  }
}
