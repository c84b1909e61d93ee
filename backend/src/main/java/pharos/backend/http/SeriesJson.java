package pharos.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.GraphHistory.Bucket;
import pharos.backend.traffic.GraphHistory.Summary;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.TelemetrySource.Measure;
import pharos.backend.traffic.TelemetrySource.OneSeries;
import pharos.backend.traffic.TelemetrySource.Point;
import pharos.backend.traffic.TelemetrySource.Series;
import pharos.backend.traffic.Traffic;

/** Values over time. */
final class SeriesJson {
  private static final Map<Measure, String> NAMES =
      Map.of(
          Measure.REQUESTS, "requests",
          Measure.ERRORS, "errors",
          Measure.AVERAGE, "avg",
          Measure.P50, "p50",
          Measure.P95, "p95",
          Measure.P99, "p99",
          Measure.TCP_SENT, "tcpSent",
          Measure.TCP_RECEIVED, "tcpReceived");

  private SeriesJson() {}

  static byte[] metrics(Traffic.Range range, Series series, List<SourceStatus> sources) {
    return Json.bytes(out -> {
      out.writeStartObject();
      Json.time(out, "from", range.from());
      Json.time(out, "to", range.to());
      out.writeStringField("step", range.step().toString());
      out.writeStringField("rateWindow", range.rateWindow().toString());
      out.writeBooleanField("partial", !series.complete());
      out.writeArrayFieldStart("series");
      for (OneSeries one : series.series()) {
        series(out, one);
      }
      out.writeEndArray();
      SourceJson.sources(out, sources);
      Json.texts(out, "warnings", series.warnings());
      out.writeEndObject();
    });
  }

  private static void series(JsonGenerator out, OneSeries one) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", NAMES.getOrDefault(one.measure(), "unknown"));
    Json.texts(out, "labels", one.labels());
    out.writeStringField("unit", one.unit());
    out.writeArrayFieldStart("points");
    for (Point point : one.points()) {
      out.writeStartArray();
      Json.number(out, point.at().toEpochMilli() / 1000.0);
      Json.number(out, point.value());
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  static byte[] timeline(Instant from, Instant to, List<Bucket> buckets) {
    return Json.bytes(out -> {
      out.writeStartObject();
      Json.time(out, "from", from);
      Json.time(out, "to", to);
      out.writeArrayFieldStart("buckets");
      for (Bucket bucket : buckets) {
        out.writeStartObject();
        Json.time(out, "at", bucket.at());
        Summary summary = bucket.summary();
        Json.number(out, "perSecond", summary == null ? null : summary.perSecond());
        Json.number(out, "errorShare", summary == null ? null : errorShare(summary));
        out.writeStringField("worst", summary == null ? "na" : summary.worstHealth());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeArrayFieldStart("marks");
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  /** Of no requests no share is known. */
  private static @Nullable Double errorShare(Summary summary) {
    return summary.perSecond() > 0 ? summary.errorsPerSecond() / summary.perSecond() : null;
  }
}
