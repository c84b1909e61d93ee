package pharos.backend.settings;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every key is set to, and by whom. Complete and checked: a value that is here is in range.
 */
public final class Settings {
  private final Map<Setting<?>, Value<?>> values;

  Settings(Map<Setting<?>, Value<?>> values) {
    this.values = Map.copyOf(values);
  }

  /** All keys at their defaults. */
  public static Settings defaults() {
    return new SettingsReader().settings();
  }

  /** The value of one key. */
  @SuppressWarnings("unchecked") // the reader puts a value of the key's own kind
  public <T> T get(Setting<T> setting) {
    Value<?> value = values.get(setting);
    return value == null ? setting.fallback() : (T) value.value();
  }

  /** Whether a file, the environment or a flag set this key. */
  public boolean isSet(Setting<?> setting) {
    return values.containsKey(setting);
  }

  /** The same settings with one more; for the programme's own decisions, such as the demo's. */
  public <T> Settings with(Setting<T> setting, T value, String origin) {
    var copy = new LinkedHashMap<>(values);
    copy.put(setting, new Value<>(value, origin));
    return new Settings(copy);
  }

  /** As a configuration file, with the origin of what is not a default; secrets are masked. */
  public String print() {
    StringBuilder out = new StringBuilder();
    String section = "";
    for (Setting<?> setting : Keys.all()) {
      if (!setting.section().equals(section)) {
        section = setting.section();
        out.append(section).append(":\n");
      }
      line(out, setting);
    }
    return out.toString();
  }

  private <T> void line(StringBuilder out, Setting<T> setting) {
    String printed = setting.kind().print(get(setting));
    if (setting.secret() && !printed.isEmpty()) {
      printed = "***";
    }
    out.append("  ")
        .append(setting.key(), setting.section().length() + 1, setting.key().length())
        .append(": ")
        .append(quoted(printed));
    Value<?> value = values.get(setting);
    out.append(value == null ? "" : "  # " + value.origin()).append('\n');
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9./_-]+") ? text : "'" + text.replace("'", "''") + "'";
  }

  /**
   * @param origin in words: a file with its line, a variable or a flag
   */
  record Value<T>(T value, String origin) {}
}
