package pharos.backend.settings;

/**
 * One documented key.
 *
 * @param key dotted, for example {@code http.port}
 * @param kind what values it takes
 * @param fallback value when nothing sets it
 * @param text what it does, for the reference and for error messages
 * @param secret masked wherever settings are printed
 */
public record Setting<T>(String key, Kind<T> kind, T fallback, String text, boolean secret) {

  /** Everything before the last dot: the group of the reference. */
  String section() {
    return key.substring(0, key.lastIndexOf('.'));
  }

  /** {@code http.maxConnections} becomes {@code PHAROS_HTTP_MAX_CONNECTIONS}. */
  String environmentName() {
    StringBuilder name = new StringBuilder("PHAROS_");
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '.') {
        name.append('_');
      } else if (Character.isUpperCase(c)) {
        name.append('_').append(c);
      } else {
        name.append(Character.toUpperCase(c));
      }
    }
    return name.toString();
  }

  /** The fallback as a user would write it. */
  String printedFallback() {
    return kind.print(fallback);
  }
}
