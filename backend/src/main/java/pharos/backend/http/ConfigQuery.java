package pharos.backend.http;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Finding;
import pharos.config.check.Level;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/**
 * Which objects and findings are asked for.
 *
 * @param namespaces empty: all
 * @param kinds empty: all
 * @param levels empty: all, objects without findings included
 * @param text lower case; null: any
 * @param code of findings; null: any
 */
record ConfigQuery(
    Set<String> namespaces,
    Set<Kind> kinds,
    Set<Level> levels,
    @Nullable String text,
    @Nullable String code) {
  private static final int TEXT = 200;
  private static final Map<String, Level> LEVELS = levelsByName();

  /** Kinds that are configuration of the mesh; others are listed when something is wrong. */
  private static final Set<Kind> ALSO_CONFIGURATION =
      Set.of(Kinds.SERVICE, Kinds.INGRESS, Kinds.NAMESPACE);

  private static Map<String, Level> levelsByName() {
    Map<String, Level> levels = new LinkedHashMap<>();
    for (Level level : Level.values()) {
      levels.put(level.wireName().toLowerCase(Locale.ROOT), level);
    }
    return levels;
  }

  static ConfigQuery objects(Query query) {
    return of(query, null);
  }

  static ConfigQuery findings(Query query) {
    return of(query, query.text("code", TEXT));
  }

  private static ConfigQuery of(Query query, @Nullable String code) {
    String text = query.text("q", TEXT);
    return new ConfigQuery(
        query.namespaces("namespace"),
        new HashSet<>(query.choices("kind", KindNames.all())),
        new HashSet<>(query.choices("severity", LEVELS)),
        text == null ? null : text.toLowerCase(Locale.ROOT).strip(),
        code);
  }

  /** Whether an object is listed. */
  boolean lists(Resource resource, List<Finding> findings) {
    Kind kind = resource.key().kind();
    return (isConfiguration(kind) || !findings.isEmpty())
        && concerns(resource)
        && (levels.isEmpty()
            || findings.stream().anyMatch(finding -> levels.contains(finding.type().level())))
        && (text == null
            || says(resource.key().origin())
            || resource.labels().entrySet().stream()
                .anyMatch(label -> says(label.getKey() + "=" + label.getValue()))
            || findings.stream().anyMatch(this::says));
  }

  /** Whether a finding is listed. */
  boolean lists(Finding finding) {
    Resource resource = finding.resource();
    return (resource == null ? namespaces.isEmpty() && kinds.isEmpty() : concerns(resource))
        && (levels.isEmpty() || levels.contains(finding.type().level()))
        && (code == null || code.equals(finding.type().code()))
        && (text == null || says(finding) || says(finding.origin()));
  }

  private boolean concerns(Resource resource) {
    Kind kind = resource.key().kind();
    String namespace =
        kind.equals(Kinds.NAMESPACE) ? resource.key().name() : resource.key().namespace();
    return (namespaces.isEmpty() || namespaces.contains(namespace))
        && (kinds.isEmpty() || kinds.contains(kind));
  }

  private boolean says(Finding finding) {
    return says(finding.message())
        || says(finding.type().code())
        || says(finding.type().title())
        || says(finding.check());
  }

  private boolean says(String words) {
    return text != null && words.toLowerCase(Locale.ROOT).contains(text);
  }

  private static boolean isConfiguration(Kind kind) {
    return kind.group().endsWith(".istio.io")
        || kind.group().equals(Kinds.K8S_GATEWAY.group())
        || ALSO_CONFIGURATION.contains(kind);
  }
}
