package pharos.backend.check;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pharos.config.check.Finding;
import pharos.config.check.IstioAdvice;
import pharos.config.check.Level;
import pharos.config.resource.Place;
import pharos.config.resource.Refusal;
import pharos.config.resource.Templates;

/** Findings for people: where, what, the lines themselves with a caret, and what to do about it. */
final class TextReport {
  private final PrintStream out;
  private final Paint paint;
  private final Excerpt excerpt;

  /**
   * @param texts of what cannot be read from a file, by name
   */
  TextReport(PrintStream out, boolean colour, Map<String, String> texts) {
    this.out = out;
    this.paint = new Paint(colour);
    this.excerpt = new Excerpt(paint, texts);
  }

  /** All findings, file by file from top to bottom, and a summary. */
  void print(List<Finding> findings, Manifests manifests) {
    findings.stream()
        .sorted(Comparator.comparing(TextReport::file).thenComparingInt(TextReport::offset))
        .forEach(this::print);
    Map<String, String> pages = new LinkedHashMap<>();
    findings.forEach(f -> pages.putIfAbsent(f.type().code(), f.type().documentationUrl()));
    pages.forEach((code, page) -> out.println(paint.dim("%s: %s".formatted(code, page))));
    if (!pages.isEmpty()) {
      out.println();
    }
    if (!manifests.resources().isEmpty() || manifests.problems().isEmpty()) {
      out.println(summary(findings, manifests));
    }
  }

  private static String file(Finding finding) {
    return finding.resource() == null ? "" : finding.resource().source().file();
  }

  private static int offset(Finding finding) {
    Place place = finding.place();
    return place == null ? 0 : place.offset();
  }

  private String summary(List<Finding> findings, Manifests manifests) {
    int objects = manifests.resources().size();
    String read =
        "%s in %s".formatted(plural(objects, "object"), plural(manifests.files(), "file"));
    if (manifests.files() == 0) {
      return "Nothing to check: no .yaml, .yml or .json file with a Kubernetes object.";
    }
    if (objects == 0) {
      return "Nothing to check: " + read + ".";
    }
    if (findings.isEmpty()) {
      return paint.fix("No problems found") + " (" + read + ").";
    }
    return Stream.of(Level.values())
            .filter(level -> count(findings, level) > 0)
            .map(level -> plural(count(findings, level), noun(level)))
            .collect(Collectors.joining(", "))
        + " ("
        + read
        + ").";
  }

  private static long count(List<Finding> findings, Level level) {
    return findings.stream().filter(finding -> finding.type().level() == level).count();
  }

  private static String noun(Level level) {
    return switch (level) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "info";
    };
  }

  private static String plural(long number, String noun) {
    return number + " " + noun + (number == 1 || noun.equals("info") ? "" : "s");
  }

  /** A document that cannot be read, as a finding of its own. */
  void print(Refusal refusal) {
    head(refusal.file(), refusal.place(), paint.level(Level.ERROR), refusal.reason());
    excerpt.lines(refusal.file(), refusal.place(), null).forEach(out::println);
    out.println();
  }

  private void print(Finding finding) {
    String level = paint.level(finding.type().level()) + " [" + finding.type().code() + "]";
    Place place = finding.place();
    if (finding.resource() == null || finding.resource().isLive() || place == null) {
      out.println(level + " " + paint.bold(Printable.of(finding.message())));
    } else {
      String file = finding.resource().source().file();
      head(file, place, level, finding.message());
      excerpt.lines(file, place, finding.end()).forEach(out::println);
    }
    boolean template =
        finding.resource() != null && finding.resource().key().kind().equals(Templates.KIND);
    if (!template) {
      String at = finding.path().toString();
      String object = finding.resource() == null ? "the mesh" : finding.origin();
      out.println(Printable.of("  in %s%s".formatted(object, at.isEmpty() ? "" : ", " + at)));
    }
    finding.fixes().forEach(fix -> note("fix", fix.title()));
    if (finding.fixes().isEmpty()) {
      String remedy = finding.type().remedy();
      String advice = remedy.isEmpty() ? IstioAdvice.of(finding) : remedy;
      if (!advice.isEmpty()) {
        note("hint", advice);
      }
    }
    out.println();
  }

  private void head(String file, Place place, String level, String message) {
    String where = "%s:%d:%d:".formatted(Printable.of(file), place.line(), place.column());
    out.println("%s %s %s".formatted(where, level, paint.bold(Printable.of(message))));
  }

  private void note(String what, String text) {
    out.println("  " + paint.fix(what + ":") + " " + Printable.of(text));
  }
}
