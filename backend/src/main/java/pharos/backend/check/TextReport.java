package pharos.backend.check;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Finding;
import pharos.config.check.Level;
import pharos.config.resource.Place;

/** Findings for people: where, what, the line itself with a caret, and where to read more. */
final class TextReport {
  private final PrintStream out;
  private final boolean colour;
  private final Map<String, @Nullable List<String>> lines = new HashMap<>();

  TextReport(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  void print(List<Finding> findings) {
    findings.forEach(this::print);
    long errors = count(findings, Level.ERROR);
    long warnings = count(findings, Level.WARNING);
    long infos = count(findings, Level.INFO);
    out.println(
        findings.isEmpty()
            ? "No problems found."
            : "%s, %s, %s"
                .formatted(
                    plural(errors, "error"), plural(warnings, "warning"), plural(infos, "hint")));
  }

  private static long count(List<Finding> findings, Level level) {
    return findings.stream().filter(finding -> finding.type().level() == level).count();
  }

  private static String plural(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private void print(Finding finding) {
    Place place = finding.place();
    boolean inFile =
        place != null
            && finding.resource() != null
            && !finding.resource().source().file().isEmpty();
    String file = inFile && finding.resource() != null ? finding.resource().source().file() : "";
    StringBuilder head = new StringBuilder();
    if (inFile && place != null) {
      head.append("%s:%d:%d: ".formatted(file, place.line(), place.column()));
    }
    head.append(painted(finding.type().level()))
        .append(" [")
        .append(finding.type().code())
        .append("] ");
    head.append(finding.message());
    out.println(head);
    if (inFile && place != null) {
      excerpt(file, place);
    }
    finding.fixes().forEach(fix -> out.println("  fix: " + fix.title()));
    String at = finding.path().toString();
    out.println(
        "  in %s%s%n  %s%n"
            .formatted(
                finding.resource() == null ? "the mesh" : finding.origin(),
                at.isEmpty() ? "" : " at " + at,
                finding.type().documentationUrl()));
  }

  private String painted(Level level) {
    String word =
        switch (level) {
          case ERROR -> "error";
          case WARNING -> "warning";
          case INFO -> "hint";
        };
    String code =
        switch (level) {
          case ERROR -> "1;31";
          case WARNING -> "33";
          case INFO -> "36";
        };
    return colour ? "\033[" + code + "m" + word + "\033[0m" : word;
  }

  private void excerpt(String file, Place place) {
    List<String> text = lines.computeIfAbsent(file, TextReport::read);
    if (text == null || place.line() > text.size()) {
      return;
    }
    String number = Integer.toString(place.line());
    String line = text.get(place.line() - 1);
    out.println("  %s | %s".formatted(number, line));
    String pad =
        line.substring(0, Math.min(place.column() - 1, line.length())).replaceAll("[^\\t]", " ");
    out.println("  %s | %s^".formatted(" ".repeat(number.length()), pad));
  }

  private static @Nullable List<String> read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return null; // the finding stands without its excerpt, as for standard input
    }
  }
}
