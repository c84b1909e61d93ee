package pharos.config.routing.compile.http;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.HeaderOperations.Edits;

/** Header edits as Envoy gets them: what looks like one and is not is taken out (R-HTTP-87). */
final class HeaderEdits {
  private HeaderEdits() {}

  /** Edits of real headers. */
  static HeaderOperations plain(HeaderOperations headers) {
    if (headers.request().isEmpty() && headers.response().isEmpty()) {
      return HeaderOperations.NONE;
    }
    return new HeaderOperations(plain(headers.request()), plain(headers.response()));
  }

  private static Edits plain(Edits edits) {
    return new Edits(
        plain(edits.set()),
        plain(edits.add()),
        edits.remove().stream().filter(name -> !internal(name)).toList());
  }

  private static Map<String, String> plain(Map<String, String> values) {
    Map<String, String> kept = new TreeMap<>(values);
    kept.keySet().removeIf(HeaderEdits::internal);
    return kept;
  }

  private static boolean internal(String name) {
    return name.startsWith(":") || name.equalsIgnoreCase("host");
  }

  /** The upstream's Host that request edits ask for (R-HTTP-54); empty for none. */
  static String authority(HeaderOperations headers) {
    String set = authority(headers.request().set());
    return set.isEmpty() ? authority(headers.request().add()) : set;
  }

  private static String authority(Map<String, String> values) {
    for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
      String name = entry.getKey().toLowerCase(Locale.ROOT);
      if (name.equals("host") || name.equals(":authority")) {
        return entry.getValue();
      }
    }
    return "";
  }
}
