package pharos.backend.demo.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scraper reads from all pods at one moment. */
record ScrapedText(List<Sample> samples) {
  private static final Pattern LINE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? ([0-9.E-]+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"(?:,|$)");

  /** One line. */
  record Sample(String name, Map<String, String> labels, double value) {
    String label(String name) {
      return labels.getOrDefault(name, "");
    }

    boolean has(String label, String wanted) {
      return wanted.equals(labels.get(label));
    }
  }

  static ScrapedText of(MeshSimulation simulation) {
    var samples = new ArrayList<Sample>();
    var out = new TextWriter();
    for (int i = 0; i < simulation.pods().size(); i++) {
      out.clear();
      simulation.render(i, out);
      new String(out.toBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(ScrapedText::parse)
          .forEach(samples::add);
    }
    return new ScrapedText(samples);
  }

  private static Sample parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("no metric: " + line);
    }
    var labels = new HashMap<String, String>();
    if (matcher.group(2) != null) {
      Matcher label = LABEL.matcher(matcher.group(2));
      int end = 0;
      while (label.lookingAt()) {
        labels.put(label.group(1), label.group(2));
        end = label.end();
        label.region(end, matcher.group(2).length());
      }
      if (end != matcher.group(2).length()) {
        throw new AssertionError("labels end too early: " + line);
      }
    }
    return new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3)));
  }

  double sum(String name, Predicate<Sample> filter) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .filter(filter)
        .mapToDouble(Sample::value)
        .sum();
  }
}
