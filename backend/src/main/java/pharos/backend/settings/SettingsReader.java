package pharos.backend.settings;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Puts the settings together: defaults, then the file, then the environment, then flags; the later
 * wins. Strict: what is not understood is refused, all problems at once.
 */
public final class SettingsReader {
  private static final int MAX_FILE_BYTES = 1 << 20;

  /**
   * Kubernetes adds such variables to every pod when a Service is called "pharos"; they are not
   * ours. See "Service environment variables" in the Kubernetes documentation.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("PHAROS_(SERVICE_(HOST|PORT(_.+)?)|PORT(_\\d+_(TCP|UDP|SCTP).*)?)");

  /** Read by the launcher, not by this programme. */
  private static final Set<String> LAUNCHER_VARIABLES = Set.of("PHAROS_JAVA_OPTS");

  private static final Map<String, Setting<?>> BY_KEY =
      Keys.all().stream().collect(Collectors.toMap(Setting::key, Function.identity()));

  private final Map<Setting<?>, Settings.Value<?>> values = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** Values of a YAML file, nested by the dots of the keys. */
  public SettingsReader file(Path file) {
    String text;
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new BadSettings("%s: larger than 1 MiB".formatted(file));
      }
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new BadSettings("%s: no such file".formatted(file));
    } catch (MalformedInputException e) {
      throw new BadSettings("%s: not UTF-8 text".formatted(file));
    } catch (IOException e) {
      throw new BadSettings("%s: cannot be read: %s".formatted(file, e.getMessage()));
    }
    yaml(file.toString(), text);
    return this;
  }

  SettingsReader yaml(String name, String text) {
    try {
      LoadSettings load =
          LoadSettings.builder().setLabel(name).setMaxAliasesForCollections(10).build();
      Optional<Node> root = new Compose(load).composeString(text);
      root.ifPresent(node -> entries(name, "", node));
    } catch (YamlEngineException e) {
      problems.add("%s: not YAML: %s".formatted(name, String.valueOf(e.getMessage()).strip()));
    }
    return this;
  }

  private void entries(String name, String prefix, Node node) {
    if (node instanceof ScalarNode scalar && prefix.isEmpty() && scalar.getValue().isEmpty()) {
      return; // a file with nothing but comments
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.add(
          "%s: expected keys and values%s"
              .formatted(place(name, node), prefix.isEmpty() ? "" : " under " + prefix));
      return;
    }
    Set<String> seen = new HashSet<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode keyNode)) {
        problems.add("%s: a key must be a word".formatted(place(name, entry.getKeyNode())));
        continue;
      }
      String key = prefix.isEmpty() ? keyNode.getValue() : prefix + "." + keyNode.getValue();
      String place = place(name, keyNode);
      if (!seen.add(key)) {
        problems.add("%s: %s: set twice".formatted(place, key));
        continue;
      }
      switch (entry.getValueNode()) {
        case ScalarNode scalar when BY_KEY.containsKey(key) -> put(key, scalar.getValue(), place);
        case SequenceNode list when BY_KEY.containsKey(key) -> put(key, joined(list), place);
        case Node inner when isSection(key) -> entries(name, key, inner);
        case Node _ -> unknown(key, place);
      }
    }
  }

  private static boolean isSection(String key) {
    return Keys.all().stream().anyMatch(setting -> setting.key().startsWith(key + "."));
  }

  private static String joined(SequenceNode list) {
    return list.getValue().stream()
        .map(item -> item instanceof ScalarNode scalar ? scalar.getValue() : "\0")
        .collect(Collectors.joining(","));
  }

  private static String place(String name, Node node) {
    return node.getStartMark().map(mark -> name + ":" + (mark.getLine() + 1)).orElse(name);
  }

  /** Values of variables {@code PHAROS_…}; other variables are ignored. */
  public SettingsReader environment(Map<String, String> environment) {
    Map<String, Setting<?>> byName = new TreeMap<>();
    Keys.all().forEach(setting -> byName.put(setting.environmentName(), setting));
    new TreeMap<>(environment)
        .forEach((name, value) -> {
          if (!name.startsWith("PHAROS_")) {
            return;
          }
          Setting<?> setting = byName.get(name);
          if (setting != null) {
            put(setting.key(), value, name);
          } else if (!SERVICE_LINK.matcher(name).matches() && !LAUNCHER_VARIABLES.contains(name)) {
            problems.add(
                "%s: unknown variable (nearest: %s)"
                    .formatted(name, nearest(name, List.copyOf(byName.keySet()))));
          }
        });
    return this;
  }

  /** One {@code key=value} of {@code --set}. */
  public SettingsReader set(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      problems.add("--set %s: expected key=value".formatted(assignment));
      return this;
    }
    return set(assignment.substring(0, equals), assignment.substring(equals + 1), "--set");
  }

  /** One key. {@code origin} says in messages where the value came from. */
  public SettingsReader set(String key, String value, String origin) {
    put(key, value, origin);
    return this;
  }

  private void put(String key, String text, String origin) {
    Setting<?> setting = BY_KEY.get(key);
    if (setting == null) {
      unknown(key, origin);
    } else {
      put(setting, text, origin);
    }
  }

  private <T> void put(Setting<T> setting, String text, String origin) {
    try {
      values.put(setting, new Settings.Value<>(setting.kind().parse(text), origin));
    } catch (IllegalArgumentException e) {
      problems.add(
          "%s: %s: \"%s\" (expected: %s)"
              .formatted(
                  origin,
                  setting.key(),
                  setting.secret() ? "***" : text,
                  setting.kind().allowed()));
    }
  }

  private void unknown(String key, String origin) {
    problems.add(
        "%s: %s: unknown key (nearest: %s)"
            .formatted(origin, key, nearest(key, Keys.all().stream().map(Setting::key).toList())));
  }

  /**
   * @throws BadSettings naming every problem that was found
   */
  public Settings settings() {
    Settings settings = new Settings(values);
    if (problems.isEmpty()) {
      together(settings);
    }
    if (!problems.isEmpty()) {
      throw new BadSettings(problems);
    }
    return settings;
  }

  private void together(Settings settings) {
    if (settings.get(Keys.HISTORY_RETENTION).compareTo(settings.get(Keys.HISTORY_FINE_RETENTION))
        < 0) {
      problems.add(
          "history.retention: shorter than history.fineRetention (expected: at least as long)");
    }
    if (settings.get(Keys.SCRAPE_TIMEOUT).compareTo(settings.get(Keys.SCRAPE_INTERVAL)) > 0) {
      problems.add("scrape.timeout: longer than scrape.interval (expected: at most as long)");
    }
    if (settings.get(Keys.DATABASE_PASSWORD_FILE).isPresent()
        && settings.get(Keys.DATABASE_URL).isEmpty()) {
      problems.add("database.passwordFile: set without database.url (expected: both or none)");
    }
  }

  static String nearest(String word, List<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .orElseThrow();
  }

  /** Levenshtein's distance, blind to case. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        boolean same =
            Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
        int change = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
