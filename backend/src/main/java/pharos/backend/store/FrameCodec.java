package pharos.backend.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Reporter;
import pharos.graph.sample.RequestSample;
import pharos.graph.sample.Samples;
import pharos.graph.sample.SpanCall;
import pharos.graph.sample.VolumeSample;
import pharos.graph.sample.VolumeSample.Volume;

/**
 * Samples as bytes: a version byte, then deflated columns. Each text is written once and named by
 * its number; each set of call labels likewise; equal fields of all rows stand together, because
 * that is what deflate is good at. Rates are kept as 32-bit floats: seven digits, and half the
 * space. Times are kept to the microsecond, as PostgreSQL does.
 */
final class FrameCodec {
  private static final int VERSION = 1;

  /** A frame of 5,000 services is below 20 MB; more is damage. */
  private static final int MAX_BYTES = 256 << 20;

  private FrameCodec() {}

  static byte[] encode(Samples samples) {
    Texts texts = new Texts();
    Calls calls = new Calls(texts);
    ColumnWriter body = new ColumnWriter();

    List<RequestSample> requests = samples.requests();
    body.count(requests.size());
    requests.forEach(row -> body.count(texts.number(row.reporter().name())));
    requests.forEach(row -> body.count(calls.number(row.call())));
    requests.forEach(row -> body.count(texts.number(row.protocol().name())));
    requests.forEach(row -> body.count(texts.number(row.responseCode())));
    requests.forEach(row -> body.count(texts.number(row.grpcStatus())));
    requests.forEach(row -> body.count(texts.number(row.responseFlags())));
    requests.forEach(row -> body.count(texts.number(row.connectionSecurity())));
    requests.forEach(row -> body.count(texts.number(row.sourcePrincipal())));
    requests.forEach(row -> body.count(texts.number(row.destinationPrincipal())));
    requests.forEach(row -> body.rate(row.perSecond()));

    List<LatencySample> latencies = samples.latencies();
    body.count(latencies.size());
    latencies.forEach(row -> body.count(texts.number(row.reporter().name())));
    latencies.forEach(row -> body.count(calls.number(row.call())));
    latencies.forEach(row -> body.count(texts.number(row.protocol().name())));
    BoundTable bounds = new BoundTable();
    latencies.forEach(row -> bounds.write(body, row.upperBoundsMillis()));
    latencies.forEach(row -> writeBuckets(body, row.cumulativePerSecond()));
    latencies.forEach(row -> body.rate(row.sumPerSecond()));
    latencies.forEach(row -> body.rate(row.countPerSecond()));

    List<VolumeSample> volumes = samples.volumes();
    body.count(volumes.size());
    volumes.forEach(row -> body.count(texts.number(row.reporter().name())));
    volumes.forEach(row -> body.count(calls.number(row.call())));
    volumes.forEach(row -> body.count(texts.number(row.protocol().name())));
    volumes.forEach(row -> body.count(texts.number(row.volume().name())));
    volumes.forEach(row -> body.count(texts.number(row.connectionSecurity())));
    volumes.forEach(row -> body.count(texts.number(row.responseFlags())));
    volumes.forEach(row -> body.rate(row.perSecond()));

    List<SpanCall> spans = samples.spans();
    body.count(spans.size());
    spans.forEach(row -> body.count(calls.number(row.call())));
    spans.forEach(row -> body.count(texts.number(row.protocol().name())));
    spans.forEach(row -> body.rate(row.perSecond()));
    spans.forEach(row -> body.rate(row.errors()));
    spans.forEach(row -> body.rate(row.meanMillis()));

    body.count(samples.warnings().size());
    samples.warnings().forEach(warning -> body.count(texts.number(warning)));

    ColumnWriter head = new ColumnWriter();
    head.number(ChronoUnit.MICROS.between(Instant.EPOCH, samples.at()));
    head.number(samples.window().toMillis());
    head.count(samples.complete() ? 1 : 0);
    texts.write(head);
    calls.write(head);
    return deflate(head.bytes(), body.bytes());
  }

  /** Differences of neighbours: most buckets of a histogram are empty, and zeros cost nothing. */
  private static void writeBuckets(ColumnWriter body, double[] cumulative) {
    double before = 0;
    for (double value : cumulative) {
      body.rate(value - before);
      before = value;
    }
  }

  /**
   * @throws IOException when the bytes are no frame, or one of a version that this build cannot
   *     read
   */
  static Samples decode(byte[] bytes) throws IOException {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new IOException(
          "frame of version %s (expected: %d)"
              .formatted(bytes.length == 0 ? "none" : bytes[0], VERSION));
    }
    try {
      return read(new ColumnReader(inflate(bytes)));
    } catch (IllegalArgumentException e) { // a word or a value that no build ever wrote
      throw new IOException("frame is damaged: " + e.getMessage(), e);
    }
  }

  private static Samples read(ColumnReader in) throws IOException {
    Instant at = Instant.EPOCH.plus(in.number(), ChronoUnit.MICROS);
    Duration window = Duration.ofMillis(in.number());
    boolean complete = in.index() == 1;
    List<String> texts = Texts.read(in);
    List<CallLabels> calls = Calls.read(in, texts);

    int count = in.rows();
    int[] reporter = in.indexes(count, texts.size());
    int[] call = in.indexes(count, calls.size());
    int[] protocol = in.indexes(count, texts.size());
    int[][] labels = new int[6][];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = in.indexes(count, texts.size());
    }
    double[] perSecond = in.rates(count);
    List<RequestSample> requests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      requests.add(
          new RequestSample(
              Reporter.valueOf(texts.get(reporter[i])),
              calls.get(call[i]),
              Protocol.valueOf(texts.get(protocol[i])),
              texts.get(labels[0][i]),
              texts.get(labels[1][i]),
              texts.get(labels[2][i]),
              texts.get(labels[3][i]),
              texts.get(labels[4][i]),
              texts.get(labels[5][i]),
              perSecond[i]));
    }
    return new Samples(
        at,
        window,
        requests,
        latencies(in, calls, texts),
        volumes(in, calls, texts),
        spans(in, calls, texts),
        warnings(in, texts),
        complete);
  }

  private static List<LatencySample> latencies(
      ColumnReader in, List<CallLabels> calls, List<String> texts) throws IOException {
    int count = in.rows();
    int[] reporter = in.indexes(count, texts.size());
    int[] call = in.indexes(count, calls.size());
    int[] protocol = in.indexes(count, texts.size());
    BoundTable table = new BoundTable();
    List<double[]> bounds = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      bounds.add(table.read(in));
    }
    List<double[]> buckets = new ArrayList<>(count);
    for (double[] each : bounds) {
      double[] cumulative = in.rates(each.length);
      for (int j = 1; j < cumulative.length; j++) {
        cumulative[j] += cumulative[j - 1];
      }
      buckets.add(cumulative);
    }
    double[] sums = in.rates(count);
    double[] counts = in.rates(count);
    List<LatencySample> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(
          new LatencySample(
              Reporter.valueOf(texts.get(reporter[i])),
              calls.get(call[i]),
              Protocol.valueOf(texts.get(protocol[i])),
              bounds.get(i),
              buckets.get(i),
              sums[i],
              counts[i]));
    }
    return rows;
  }

  private static List<VolumeSample> volumes(
      ColumnReader in, List<CallLabels> calls, List<String> texts) throws IOException {
    int count = in.rows();
    int[] reporter = in.indexes(count, texts.size());
    int[] call = in.indexes(count, calls.size());
    int[] protocol = in.indexes(count, texts.size());
    int[] volume = in.indexes(count, texts.size());
    int[] security = in.indexes(count, texts.size());
    int[] flags = in.indexes(count, texts.size());
    double[] perSecond = in.rates(count);
    List<VolumeSample> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(
          new VolumeSample(
              Reporter.valueOf(texts.get(reporter[i])),
              calls.get(call[i]),
              Protocol.valueOf(texts.get(protocol[i])),
              Volume.valueOf(texts.get(volume[i])),
              texts.get(security[i]),
              texts.get(flags[i]),
              perSecond[i]));
    }
    return rows;
  }

  private static List<SpanCall> spans(ColumnReader in, List<CallLabels> calls, List<String> texts)
      throws IOException {
    int count = in.rows();
    int[] call = in.indexes(count, calls.size());
    int[] protocol = in.indexes(count, texts.size());
    double[] perSecond = in.rates(count);
    double[] errors = in.rates(count);
    double[] meanMillis = in.rates(count);
    List<SpanCall> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(
          new SpanCall(
              calls.get(call[i]),
              Protocol.valueOf(texts.get(protocol[i])),
              perSecond[i],
              errors[i],
              meanMillis[i]));
    }
    return rows;
  }

  private static List<String> warnings(ColumnReader in, List<String> texts) throws IOException {
    List<String> warnings = new ArrayList<>();
    for (int index : in.indexes(in.rows(), texts.size())) {
      warnings.add(texts.get(index));
    }
    return warnings;
  }

  private static byte[] deflate(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(VERSION);
    try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
      byte[] buffer = new byte[1 << 16];
      for (int i = 0; i < parts.length; i++) {
        deflater.setInput(parts[i]);
        if (i == parts.length - 1) {
          deflater.finish();
        }
        while (!deflater.needsInput() || (i == parts.length - 1 && !deflater.finished())) {
          out.write(buffer, 0, deflater.deflate(buffer));
        }
      }
    }
    return out.toByteArray();
  }

  private static byte[] inflate(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 6);
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(bytes, 1, bytes.length - 1);
      byte[] buffer = new byte[1 << 16];
      while (!inflater.finished()) {
        int read = inflater.inflate(buffer);
        if (read == 0 && !inflater.finished()) {
          throw new IOException("frame is cut short");
        }
        out.write(buffer, 0, read);
        if (out.size() > MAX_BYTES) {
          throw new IOException("frame of more than %d bytes".formatted(MAX_BYTES));
        }
      }
    } catch (DataFormatException e) {
      throw new IOException("frame is damaged: " + e.getMessage(), e);
    }
    return out.toByteArray();
  }
}
