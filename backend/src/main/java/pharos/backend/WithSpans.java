package pharos.backend;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import pharos.backend.source.otlp.SpanIntake;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.TelemetrySource;
import pharos.graph.sample.Samples;

/** A source's metrics, joined by the calls that only spans have shown. */
final class WithSpans implements TelemetrySource {
  private final TelemetrySource metrics;
  private final SpanIntake spans;
  private final Clock clock;

  WithSpans(TelemetrySource metrics, SpanIntake spans, Clock clock) {
    this.metrics = metrics;
    this.spans = spans;
    this.clock = clock;
  }

  @Override
  public Future<Samples> samples(SampleQuery query) {
    Instant at = query.at() == null ? clock.instant() : query.at();
    return metrics
        .samples(query)
        .map(found ->
            new Samples(
                found.at(),
                found.window(),
                found.requests(),
                found.latencies(),
                found.volumes(),
                spans.calls(at, query.window()),
                found.warnings(),
                found.complete()));
  }

  @Override
  public Future<Series> series(SeriesQuery query) {
    return metrics.series(query);
  }

  @Override
  public SourceStatus status() {
    return metrics.status();
  }
}
