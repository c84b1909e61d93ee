package pharos.backend.source.prometheus;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which Prometheus, and how much of it.
 *
 * @param url base, for example {@code http://prometheus.monitoring:9090}; a path is kept
 * @param credentials how Pharos identifies itself
 * @param caFile PEM file of authorities to trust; null trusts the JDK's
 * @param headers sent with each query, for example {@code X-Scope-OrgID}
 * @param queryScope labels that every selector gets, for example {@code cluster="east"}
 * @param timeout of one query
 * @param maxConcurrent queries of one question that run at once
 * @param maxBytes of one answer, decompressed; the rest is cut
 * @param maxSeries of one question; the rest is cut
 * @param compression whether answers may be gzipped: worth it across a slow network only
 */
public record PrometheusSettings(
    URI url,
    Credentials credentials,
    @Nullable Path caFile,
    Map<String, String> headers,
    Map<String, String> queryScope,
    Duration timeout,
    int maxConcurrent,
    long maxBytes,
    int maxSeries,
    boolean compression) {

  /** Queries under way at once, of all questions: Prometheus' own default limit. */
  static final int MAX_CONCURRENT_IN_ALL = 20;

  public PrometheusSettings {
    headers = Map.copyOf(headers);
    queryScope = Map.copyOf(queryScope);
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "prometheus url %s (expected: http or https, a host, no user in it)"
              .formatted(url.getHost() == null ? url : url.getHost()));
    }
    if (maxConcurrent < 1 || maxConcurrent > MAX_CONCURRENT_IN_ALL) {
      throw new IllegalArgumentException(
          "prometheus concurrency %d (expected: 1 to %d)"
              .formatted(maxConcurrent, MAX_CONCURRENT_IN_ALL));
    }
    if (maxBytes < 1024 || maxSeries < 1 || timeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "prometheus limits maxBytes=%d maxSeries=%d timeout=%s (expected: positive)"
              .formatted(maxBytes, maxSeries, timeout));
    }
    queryScope.forEach(Matcher::is);
  }

  /** Defaults: 5 s, 6 at once, 64 MiB, 200,000 series, no credentials. */
  public static PrometheusSettings of(URI url) {
    return new PrometheusSettings(
        url,
        new Credentials.None(),
        null,
        Map.of(),
        Map.of(),
        Duration.ofSeconds(5),
        6,
        64L << 20,
        200_000,
        false);
  }

  public PrometheusSettings withCredentials(Credentials value, @Nullable Path ca) {
    return new PrometheusSettings(
        url,
        value,
        ca,
        headers,
        queryScope,
        timeout,
        maxConcurrent,
        maxBytes,
        maxSeries,
        compression);
  }

  public PrometheusSettings withQueryScope(Map<String, String> value) {
    return new PrometheusSettings(
        url,
        credentials,
        caFile,
        headers,
        value,
        timeout,
        maxConcurrent,
        maxBytes,
        maxSeries,
        compression);
  }

  public PrometheusSettings withTimeout(Duration value) {
    return new PrometheusSettings(
        url,
        credentials,
        caFile,
        headers,
        queryScope,
        value,
        maxConcurrent,
        maxBytes,
        maxSeries,
        compression);
  }

  public PrometheusSettings withLimits(long bytes, int series) {
    return new PrometheusSettings(
        url,
        credentials,
        caFile,
        headers,
        queryScope,
        timeout,
        maxConcurrent,
        bytes,
        series,
        compression);
  }

  /** How Pharos identifies itself. Never printed. */
  public sealed interface Credentials {
    /** Not at all. */
    record None() implements Credentials {}

    /** HTTP basic. */
    record Basic(String user, String password) implements Credentials {
      @Override
      public String toString() {
        return "Basic[user=" + user + "]";
      }
    }

    /** A token that does not change. */
    record Bearer(String token) implements Credentials {
      @Override
      public String toString() {
        return "Bearer[]";
      }
    }

    /** A file that holds the token and is read for each query, because tokens rotate. */
    record BearerFile(Path file) implements Credentials {}
  }
}
