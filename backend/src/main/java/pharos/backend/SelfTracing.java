package pharos.backend;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import pharos.backend.settings.Keys;
import pharos.backend.settings.Settings;

/** Spans of Pharos' own requests, when an endpoint is set; otherwise nothing is loaded for it. */
final class SelfTracing {
  private static final Duration SEND_EVERY = Duration.ofSeconds(2);
  private static final int MAX_QUEUED = 2048;

  private SelfTracing() {}

  /** The process' Vert.x, traced if so configured. */
  static Vertx vertx(Settings settings) {
    VertxOptions options = new VertxOptions();
    Optional<URI> endpoint = settings.get(Keys.TRACING_ENDPOINT);
    if (endpoint.isEmpty()) {
      return Vertx.vertx(options);
    }
    // The exporter's own client must not be traced: each export would cause the next one.
    Vertx untraced = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    SdkTracerProvider tracers =
        SdkTracerProvider.builder()
            .setResource(
                Resource.builder()
                    .put(AttributeKey.stringKey("service.name"), "pharos")
                    .put(AttributeKey.stringKey("service.version"), Build.version())
                    .build())
            .setSampler(
                Sampler.parentBased(Sampler.traceIdRatioBased(settings.get(Keys.TRACING_SHARE))))
            .addSpanProcessor(
                BatchSpanProcessor.builder(new OtlpHttpExporter(untraced, endpoint.get()))
                    .setScheduleDelay(SEND_EVERY)
                    .setMaxQueueSize(MAX_QUEUED)
                    .build())
            .build();
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(tracers).build();
    return Vertx.builder().with(options).withTracer(new OpenTelemetryTracingFactory(sdk)).build();
  }
}
