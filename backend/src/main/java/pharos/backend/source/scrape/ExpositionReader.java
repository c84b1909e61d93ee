package pharos.backend.source.scrape;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.backend.source.metric.IstioLabel;
import pharos.backend.source.metric.IstioMetric;
import pharos.backend.source.metric.LabelValues;
import pharos.backend.source.metric.SampleAssembly;

/**
 * Reads the text exposition format (Prometheus 0.0.4 and OpenMetrics) of one target into its
 * history. Works on bytes: a line of a metric that nobody reads is skipped by its name, a line seen
 * before costs a hash (see {@link LineMemo}), only a new line is parsed. A timestamp or an exemplar
 * behind the value is ignored: the scrape's own time counts. A malformed line is reported and
 * passed over.
 */
final class ExpositionReader {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final byte[] PREFIX = "istio_".getBytes(ISO_8859_1);
  private static final int LONGEST_NAME = 48;

  private final TargetHistory history;
  private final LabelPool pool;
  private final String app;
  private final int maxSeries;
  private final LineMemo memo;
  private final Map<Long, HistogramColumn> histograms = new HashMap<>();

  // the scrape under way
  private byte[] body = {};
  private int end;
  private int slot;
  private long nowMillis;
  private int lines;
  private int values;
  private int malformed;
  private int leftOut;
  private @Nullable String firstError;

  ExpositionReader(
      TargetHistory history, LabelPool pool, String app, int maxSeries, long hashSeed) {
    this.history = history;
    this.pool = pool;
    this.app = app;
    this.maxSeries = maxSeries;
    this.memo = new LineMemo(hashSeed);
  }

  /**
   * What one scrape gave.
   *
   * @param values read into the history
   * @param malformed lines that could not be read
   * @param leftOut new series beyond the limit
   * @param firstError the first malformed line, by number and reason; null when there is none
   */
  record Scrape(int lines, int values, int malformed, int leftOut, @Nullable String firstError) {}

  /** Reads one scrape. The caller holds the history's monitor. */
  Scrape read(byte[] bytes, int length, long scrapedAtMillis) {
    body = bytes;
    end = length;
    nowMillis = scrapedAtMillis;
    lines = 0;
    values = 0;
    malformed = 0;
    leftOut = 0;
    firstError = null;
    forgetOldSeries();
    slot = history.begin(nowMillis);
    memo.rewind();
    int at = 0;
    while (at < end) {
      lines++;
      at = line(at);
    }
    history.commit(slot, nowMillis);
    body = new byte[0];
    return new Scrape(lines, values, malformed, leftOut, firstError);
  }

  private void forgetOldSeries() {
    Set<Column> gone = new HashSet<>();
    if (history.sweep(nowMillis, gone::add)) {
      memo.forget(gone::contains);
      histograms.values().removeIf(gone::contains);
    }
  }

  /** Reads one line; the start of the next. */
  private int line(int from) {
    int expected = memo.expectedLength();
    if (expected > 0 && from + expected < end && isBlank(body[from + expected])) {
      LineMemo.Cell cell = memo.expected(body, from);
      if (cell != null) {
        return value(cell, from + expected);
      }
    }
    if (!startsLikeIstio(from)) {
      return nextLine(from);
    }
    int nameEnd = nameEnd(from);
    IstioMetric metric =
        nameEnd - from > LONGEST_NAME
            ? null
            : IstioMetric.of(new String(body, from, nameEnd - from, ISO_8859_1));
    return metric == null ? nextLine(from) : wanted(metric, from, nameEnd);
  }

  private boolean startsLikeIstio(int from) {
    if (from + PREFIX.length > end) {
      return false;
    }
    for (int i = 0; i < PREFIX.length; i++) {
      if (body[from + i] != PREFIX[i]) {
        return false;
      }
    }
    return true;
  }

  private int nameEnd(int from) {
    int at = from;
    while (at < end && body[at] != '{' && !isBlank(body[at]) && body[at] != '\n') {
      at++;
    }
    return at;
  }

  /** A line of a metric that is read, but not the expected one. */
  private int wanted(IstioMetric metric, int from, int nameEnd) {
    int labelsEnd = nameEnd < end && body[nameEnd] == '{' ? labelsEnd(nameEnd) : nameEnd;
    if (labelsEnd < 0) {
      return malformed(from, "the labels do not end");
    }
    LineMemo.Cell cell = memo.find(body, from, labelsEnd - from);
    if (cell == null) {
      if (memo.size() >= maxSeries) {
        leftOut++;
        return nextLine(from);
      }
      try {
        cell = cell(metric, nameEnd, labelsEnd);
      } catch (Malformed line) {
        return malformed(from, line.reason);
      }
      memo.remember(body, from, labelsEnd - from, cell);
    }
    return value(cell, labelsEnd);
  }

  /** Index behind the closing brace, -1 when the line ends first. */
  private int labelsEnd(int brace) {
    boolean quoted = false;
    for (int at = brace + 1; at < end; at++) {
      byte b = body[at];
      if (b == '\\' && quoted) {
        at++;
      } else if (b == '"') {
        quoted = !quoted;
      } else if (b == '}' && !quoted) {
        return at + 1;
      } else if (b == '\n') {
        return -1;
      }
    }
    return -1;
  }

  private LineMemo.Cell cell(IstioMetric metric, int brace, int labelsEnd) throws Malformed {
    var labels = new LabelValues();
    if (!app.isEmpty()) {
      labels.set(IstioLabel.APP, app);
    }
    long identity = labels(labels, brace, labelsEnd);
    return switch (metric) {
      case DURATION_BUCKET -> {
        double bound = SampleAssembly.bound(labels.orNull(IstioLabel.LE));
        if (Double.isNaN(bound)) {
          throw new Malformed("a bucket without a number in its label le");
        }
        HistogramColumn column = histogram(identity, labels.without(IstioLabel.LE));
        yield new LineMemo.Cell(column, column.bucket(bound));
      }
      case DURATION_SUM -> new LineMemo.Cell(histogram(identity, labels), HistogramColumn.SUM);
      case DURATION_COUNT -> new LineMemo.Cell(histogram(identity, labels), HistogramColumn.COUNT);
      default -> {
        var column =
            new CounterColumn(metric, labels, pool.labels(labels.only(metric)), history.capacity());
        history.add(column, nowMillis);
        yield new LineMemo.Cell(column, 0);
      }
    };
  }

  private HistogramColumn histogram(long identity, LabelValues labels) {
    HistogramColumn known = histograms.get(identity);
    if (known != null) {
      return known;
    }
    var column =
        new HistogramColumn(
            pool.labels(labels),
            pool.labels(labels.only(IstioMetric.DURATION_COUNT)),
            history.capacity());
    histograms.put(identity, column);
    history.add(column, nowMillis);
    return column;
  }

  /** Fills in the labels; a number that names the series whatever its {@code le}. */
  private long labels(LabelValues labels, int brace, int labelsEnd) throws Malformed {
    long identity = 0;
    int at = brace + 1;
    int last = labelsEnd - 1;
    while (at < last) {
      int nameStart = at;
      while (at < last && body[at] != '=') {
        at++;
      }
      String name = new String(body, nameStart, at - nameStart, UTF_8).strip();
      if (at + 1 >= last || body[at + 1] != '"') {
        throw new Malformed("label %s has no quoted value".formatted(name));
      }
      int valueStart = at + 2;
      at = valueStart;
      boolean escaped = false;
      while (at < last && body[at] != '"') {
        escaped |= body[at] == '\\';
        at += body[at] == '\\' ? 2 : 1;
      }
      if (at >= last) {
        throw new Malformed("the value of label %s does not end".formatted(name));
      }
      IstioLabel label = IstioLabel.of(name);
      if (label != null) {
        labels.set(label, pool.string(text(valueStart, at, escaped)));
      }
      if (label != IstioLabel.LE) {
        identity += memo.hash(body, nameStart, at - nameStart) * 0x9e3779b97f4a7c15L;
      }
      at++;
      while (at < last && (body[at] == ',' || isBlank(body[at]))) {
        at++;
      }
    }
    return identity;
  }

  private String text(int from, int to, boolean escaped) {
    String raw = new String(body, from, to - from, UTF_8);
    if (!escaped) {
      return raw;
    }
    var text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\' && i + 1 < raw.length()) {
        char next = raw.charAt(++i);
        switch (next) {
          case 'n' -> text.append('\n');
          case '\\', '"' -> text.append(next);
          default -> text.append(c).append(next);
        }
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** Reads the value behind the labels; the start of the next line. */
  private int value(LineMemo.Cell cell, int labelsEnd) {
    int at = labelsEnd;
    while (at < end && isBlank(body[at])) {
      at++;
    }
    int start = at;
    long digits = 0;
    while (at < end && body[at] >= '0' && body[at] <= '9') {
      digits = digits * 10 + (body[at] - '0');
      at++;
    }
    double number = digits;
    boolean plain = at > start && at - start <= 18 && (at == end || isEnd(body[at]));
    if (!plain) {
      while (at < end && !isEnd(body[at])) {
        at++;
      }
      try {
        number = number(new String(body, start, at - start, ISO_8859_1));
      } catch (NumberFormatException notANumber) {
        return malformed(labelsEnd, "the value is no number");
      }
    }
    Column column = cell.column();
    column.seen(nowMillis);
    if (Double.isFinite(number)) {
      switch (column) {
        case CounterColumn counter -> counter.set(slot, number);
        case HistogramColumn histogram -> histogram.set(cell.part(), slot, number);
      }
      values++;
    }
    return at < end && body[at] == '\n' ? at + 1 : nextLine(at);
  }

  private static double number(String text) {
    return switch (text) {
      case "NaN", "Nan", "nan" -> Double.NaN;
      case "+Inf", "Inf", "+inf", "inf" -> Double.POSITIVE_INFINITY;
      case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private int malformed(int at, String reason) {
    malformed++;
    if (firstError == null) {
      firstError = "line %d: %s".formatted(lines, reason);
    }
    return nextLine(at);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isEnd(byte b) {
    return b == '\n' || b == ' ' || b == '\t' || b == '\r';
  }

  /** Looks for the end of the line eight bytes at a time. */
  private int nextLine(int from) {
    int at = from;
    for (; at + 8 <= end; at += 8) {
      long word = (long) LONGS.get(body, at) ^ NEWLINES;
      long found = (word - LOW_BITS) & ~word & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3) + 1;
      }
    }
    while (at < end && body[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, end);
  }

  /** A line that cannot be read; the message says why. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Malformed(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
