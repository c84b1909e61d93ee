package pharos.config.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses as the API server's rules read them. */
final class Urls {
  private static final List<String> MODULES = List.of("http", "https", "file", "oci");

  private Urls() {}

  /** Whether the text is an absolute address with one of these schemes. */
  static boolean hasScheme(String text, List<String> schemes) {
    URI uri = uri(text);
    return uri != null
        && uri.getScheme() != null
        && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT));
  }

  /**
   * Whether the text is the address of a WebAssembly module: one of four schemes, or none, which
   * means an OCI image.
   */
  static boolean isModule(String text) {
    URI uri = uri(text);
    if (uri != null && uri.getScheme() != null && text.contains("://")) {
      return MODULES.contains(uri.getScheme().toLowerCase(Locale.ROOT));
    }
    return uri("http://" + text) != null;
  }

  private static @Nullable URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      return null;
    }
  }
}
