package pharos.config.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * RULES.md: which code implements which rule of the routing semantics, and what proves it. Code and
 * tests name the rules that they are about; what names none says why in {@code not-covered.txt}.
 */
class RulesTest {
  private static final Path DOCUMENT = Path.of("RULES.md");
  private static final Path MAIN = Path.of("src/main/java");
  private static final Path TESTS = Path.of("src/test/java");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path LISTS = Path.of("src/test/resources/routing-rules");

  /** A rule, or the first of several: {@code R-HTTP-14 to R-HTTP-18}. */
  private static final Pattern CITED =
      Pattern.compile("R-([A-Z][A-Z0-9]*)-0*([0-9]+)(?:\\s+to\\s+R-[A-Z0-9]+-([0-9]+))?");

  /** Longer ranges introduce a package, they cite nothing. */
  private static final int LONGEST_RANGE = 10;

  private static final List<Area> AREAS =
      List.of(
          new Area("ORD", "Order"),
          new Area("NAME", "Host names"),
          new Area("VIS", "Visibility"),
          new Area("SC", "Sidecar scope"),
          new Area("VS", "VirtualServices"),
          new Area("DEL", "Delegates"),
          new Area("OB", "Sidecar outbound"),
          new Area("GW", "Gateways"),
          new Area("HTTP", "HTTP routes"),
          new Area("L4", "TCP and TLS routes"),
          new Area("DR", "DestinationRules and clusters"),
          new Area("ENV", "Envoy"),
          new Area("GWAPI", "Gateway API"),
          new Area("AMB", "Waypoints"));

  private record Area(String letters, String title) {}

  /**
   * A rule of the list.
   *
   * @param derived read from code, confirmed by nobody
   */
  private record Rule(String id, boolean derived, String about) {
    String area() {
      return id.substring(2, id.lastIndexOf('-'));
    }
  }

  private final Map<String, Rule> rules = rules();
  private final Map<String, String> reasons = reasons();
  private final Map<String, Set<String>> code = new HashMap<>();
  private final Map<String, Set<String>> tests = new HashMap<>();

  RulesTest() throws IOException {
    for (Path file : files(MAIN, ".java")) {
      cite(Files.readString(file), name(file), code);
    }
    for (Path file : files(TESTS, ".java")) {
      if (!name(file).equals("RulesTest")) {
        cite(Files.readString(file), name(file), tests);
      }
    }
    for (Path file : files(GOLDEN, "mesh.yaml")) {
      String folder = folder(file);
      cite(folder + "\n" + comments(file), "`" + folder + "`", tests);
    }
  }

  private static Map<String, Rule> rules() throws IOException {
    Map<String, Rule> rules = new LinkedHashMap<>();
    for (String line : lines("rules.txt")) {
      String[] parts = line.split(" \\| ", 2);
      boolean derived = parts[0].endsWith(" D");
      String id = derived ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
      rules.put(id, new Rule(id, derived, parts[1]));
    }
    return rules;
  }

  private static Map<String, String> reasons() throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String line : lines("not-covered.txt")) {
      String[] parts = line.split(" \\| ", 2);
      reasons.put(parts[0], parts[1]);
    }
    return reasons;
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(LISTS.resolve(file)).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private static List<Path> files(Path root, String ending) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(path -> path.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.equals("package-info.java")
        ? file.getName(file.getNameCount() - 2) + " (package)"
        : name.substring(0, name.length() - ".java".length());
  }

  private static String folder(Path file) {
    return file.getName(file.getNameCount() - 2).toString();
  }

  /** What a case says about itself, not what its resources happen to contain. */
  private static String comments(Path file) throws IOException {
    return String.join(
        "\n", Files.readAllLines(file).stream().filter(line -> line.startsWith("#")).toList());
  }

  private static void cite(String text, String source, Map<String, Set<String>> citations) {
    // A range may be broken by the margin of a comment.
    Matcher cited = CITED.matcher(text.replaceAll("\\n\\s*(\\*|//|#)?\\s*", " "));
    while (cited.find()) {
      int first = Integer.parseInt(cited.group(2));
      int last = cited.group(3) == null ? first : Integer.parseInt(cited.group(3));
      if (last - first <= LONGEST_RANGE) {
        for (int number = first; number <= last; number++) {
          citations
              .computeIfAbsent("R-" + cited.group(1) + "-" + number, _ -> new TreeSet<>())
              .add(source);
        }
      }
    }
  }

  @Test
  void citations_nameRulesThatExist() {
    Map<String, Set<String>> unknown = new TreeMap<>(code);
    tests.forEach((id, sources) -> unknown.merge(id, sources, RulesTest::both));
    unknown.keySet().removeAll(rules.keySet());
    // Ranges may step over numbers that were never given.
    unknown.keySet().removeIf(id -> between(id));
    assertThat(unknown).isEmpty();
  }

  private static Set<String> both(Set<String> a, Set<String> b) {
    Set<String> all = new TreeSet<>(a);
    all.addAll(b);
    return all;
  }

  private boolean between(String id) {
    int number = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    String area = id.substring(0, id.lastIndexOf('-') + 1);
    return rules.containsKey(area + (number - 1))
        || rules.keySet().stream()
            .filter(known -> known.startsWith(area))
            .map(known -> Integer.parseInt(known.substring(area.length())))
            .anyMatch(known -> known > number);
  }

  @Test
  void rules_haveCodeOrAReason() {
    List<String> neither =
        rules.keySet().stream()
            .filter(id -> !code.containsKey(id) && !reasons.containsKey(id))
            .toList();
    assertThat(neither)
        .as("rules without code: cite them, or say why in not-covered.txt")
        .isEmpty();
  }

  @Test
  void reasons_areForRulesThatExist() {
    assertThat(rules.keySet()).containsAll(reasons.keySet());
  }

  /**
   * What the document names must name the rule, and every rule has its row. It may be behind by
   * what has come since: whoever adds a citation need not write it anew.
   */
  @Test
  void document_namesOnlyWhatIsSo() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(DOCUMENT, document());
    }
    Set<String> seen = new TreeSet<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      String[] cells = line.split(" ?\\| ?", -1);
      if (cells.length == 6 && cells[1].startsWith("R-")) {
        String id = cells[1].replace(" **D**", "");
        seen.add(id);
        Rule rule = rules.get(id);
        assertThat(cells[2]).as(id).isEqualTo(rule == null ? null : rule.about());
        assertThat(code.getOrDefault(id, Set.of()))
            .as("code of " + id)
            .containsAll(names(cells[3]));
        assertThat(tests.getOrDefault(id, Set.of()))
            .as("tests of " + id)
            .containsAll(names(cells[4]));
      }
    }
    assertThat(seen)
        .as("-Dgolden.update=true writes them")
        .isEqualTo(new TreeSet<>(rules.keySet()));
  }

  private static List<String> names(String cell) {
    return cell.isEmpty() ? List.of() : List.of(cell.split(", "));
  }

  private String document() {
    StringBuilder text = new StringBuilder();
    long coded = rules.keySet().stream().filter(code::containsKey).count();
    long tested = rules.keySet().stream().filter(tests::containsKey).count();
    text.append(
        """
        # Rules of the routing engine

        Written by `RulesTest`; do not edit. Each rule of the routing semantics, the classes that name it, and the tests: classes,
        and folders under `src/test/resources/golden`. %d rules: %d have code, %d have tests; the others say why not.
        **D** marks readings of istiod's code that nobody confirmed.

        """
            .formatted(rules.size(), coded, tested));
    AREAS.forEach(area -> text.append(table(area)));
    text.append("## Without code\n\n| rule | about | why |\n|---|---|---|\n");
    reasons.forEach(
        (id, reason) -> text.append("| %s | %s | %s |\n".formatted(id, about(id), reason)));
    text.append("\n## Readings that nobody confirmed\n\n");
    rules.values().stream()
        .filter(Rule::derived)
        .forEach(rule -> text.append("* %s: %s\n".formatted(rule.id(), rule.about())));
    return text.toString();
  }

  private String about(String id) {
    Rule rule = rules.get(id);
    return rule == null ? "" : rule.about();
  }

  private String table(Area area) {
    StringBuilder text =
        new StringBuilder(
            "## %s\n\n| rule | about | code | tests |\n|---|---|---|---|\n"
                .formatted(area.title()));
    for (Rule rule : rules.values()) {
      if (rule.area().equals(area.letters())) {
        text.append(
            "| %s%s | %s | %s | %s |\n"
                .formatted(
                    rule.id(),
                    rule.derived() ? " **D**" : "",
                    rule.about(),
                    list(code.getOrDefault(rule.id(), Set.of())),
                    list(tests.getOrDefault(rule.id(), Set.of()))));
      }
    }
    return text.append('\n').toString();
  }

  private static String list(Set<String> sources) {
    return String.join(", ", sources);
  }
}
