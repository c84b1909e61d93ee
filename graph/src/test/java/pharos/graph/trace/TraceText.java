package pharos.graph.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Spans as a table of words, one a line: {@code id parent kind service name start end}, times in
 * milliseconds, {@code -} for none; then {@code key=value} for {@code pod}, {@code peer}, {@code
 * workload}, and the words {@code proxy}, {@code error}. And a tree as a picture.
 */
final class TraceText {
  /** Milliseconds of a table count from here, since 0 means unknown. */
  static final long EPOCH_NANOS = 1_000_000_000_000_000_000L;

  private TraceText() {}

  static List<Span> spans(String text) {
    List<Span> spans = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        spans.add(span(line.strip().split("\\s+")));
      }
    }
    return spans;
  }

  private static Span span(String[] words) {
    Map<String, String> extra = new HashMap<>();
    for (int i = 7; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      extra.put(
          equals < 0 ? words[i] : words[i].substring(0, equals),
          equals < 0 ? "" : words[i].substring(equals + 1));
    }
    return new Span(
        Long.parseLong(words[0]),
        words[1].equals("-") ? 0 : Long.parseLong(words[1]),
        Span.Kind.valueOf(words[2].toUpperCase(Locale.ROOT)),
        new Emitter(
            words[3].equals("-") ? "" : words[3],
            "",
            extra.getOrDefault("workload", ""),
            "",
            extra.getOrDefault("pod", ""),
            "",
            extra.containsKey("proxy")),
        words[4],
        extra.getOrDefault("peer", ""),
        extra.getOrDefault("flags", ""),
        nanos(words[5]),
        nanos(words[6]),
        extra.containsKey("error"));
  }

  private static long nanos(String millis) {
    return millis.equals("-") ? 0 : EPOCH_NANOS + Math.round(Double.parseDouble(millis) * 1e6);
  }

  /** Everything that the analysis says, one row a line. */
  static String picture(TraceTree tree) {
    CriticalPath path = CriticalPath.of(tree);
    Coverage coverage = Coverage.of(tree);
    long[] critical = path.nanosByRow(tree);
    List<TimeSplit.Place> places = TimeSplit.places(tree);
    var out = new StringBuilder();
    for (int row = 0; row < tree.size(); row++) {
      Span span = tree.span(row);
      out.append("  ".repeat(tree.depth(row)))
          .append(span.emitter().service().isEmpty() ? "-" : span.emitter().service())
          .append(' ')
          .append(span.name())
          .append(" [")
          .append(millis(tree.startNanos(row) - EPOCH_NANOS))
          .append(' ')
          .append(millis(tree.endNanos(row) - EPOCH_NANOS))
          .append("] self ")
          .append(millis(coverage.selfNanos(row)))
          .append(" critical ")
          .append(millis(critical[row]))
          .append(' ')
          .append(places.get(row).name().toLowerCase(Locale.ROOT))
          .append('\n');
    }
    tree.warnings()
        .forEach((row, warnings) ->
            out.append("warning ")
                .append(tree.span(row).name())
                .append(' ')
                .append(warnings)
                .append('\n'));
    for (Coverage.Gap gap : coverage.gaps()) {
      out.append("gap ")
          .append(tree.span(gap.row()).name())
          .append(" [")
          .append(millis(gap.fromNanos() - EPOCH_NANOS))
          .append(' ')
          .append(millis(gap.toNanos() - EPOCH_NANOS))
          .append("]\n");
    }
    for (CallPairs.Pair pair : CallPairs.of(tree)) {
      out.append("call ")
          .append(tree.span(pair.clientRow()).name())
          .append(" -> ")
          .append(tree.span(pair.serverRow()).name())
          .append(" request ")
          .append(millis(pair.requestNanos()))
          .append(" response ")
          .append(millis(pair.responseNanos()))
          .append(pair.clocksDisagree() ? " clocks disagree" : "")
          .append('\n');
    }
    if (tree.duplicatesDropped() > 0) {
      out.append("copies dropped ").append(tree.duplicatesDropped()).append('\n');
    }
    ClockSkew skew = ClockSkew.of(tree);
    skew.byPod().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry ->
            out.append("clock of ")
                .append(entry.getKey())
                .append(" moved ")
                .append(millis(entry.getValue()))
                .append('\n'));
    return out.toString();
  }

  private static String millis(long nanos) {
    double millis = nanos / 1e6;
    return millis == Math.rint(millis)
        ? Long.toString(Duration.ofNanos(nanos).toMillis())
        : Double.toString(millis);
  }
}
