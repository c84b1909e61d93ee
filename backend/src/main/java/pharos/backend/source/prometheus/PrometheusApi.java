package pharos.backend.source.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pharos.backend.source.prometheus.AnswerReader.Answer;
import pharos.backend.source.prometheus.AnswerReader.Sink;
import pharos.backend.source.prometheus.AnswerReader.Unreadable;
import pharos.backend.source.prometheus.PrometheusSettings.Credentials;

/** Sends one query and reads its answer as it arrives. Blocks; for virtual threads. */
final class PrometheusApi implements AutoCloseable {
  private static final int ERROR_BYTES = 64 << 10;

  private final PrometheusSettings settings;
  private final HttpClient http;
  private final String base;

  PrometheusApi(Vertx vertx, PrometheusSettings settings) {
    this.settings = settings;
    var options =
        new HttpClientOptions()
            .setDecompressionSupported(settings.compression())
            .setKeepAliveTimeout(30);
    Path ca = settings.caFile();
    if (ca != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()));
    }
    http =
        vertx.createHttpClient(
            options, new PoolOptions().setHttp1MaxSize(PrometheusSettings.MAX_CONCURRENT_IN_ALL));
    String url = settings.url().toString();
    base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /**
   * Posts a form to {@code query} or {@code query_range}. Rows go to {@code sink} on this thread.
   *
   * @param admits asked with the number of rows of this answer; false cuts it there
   */
  Answer ask(String endpoint, Map<String, String> form, Sink sink, IntPredicate admits)
      throws QueryFailed {
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    Response response = null;
    try {
      response =
          http.request(options(endpoint))
              .compose(request -> {
                // Listening comes before sending: a short answer may have ended by the time that
                // the write is reported as done, and nobody can listen to what has ended.
                Future<Response> answered =
                    request.response().map(answer -> open(answer, deadline));
                request.end(Buffer.buffer(encoded(form)));
                return answered;
              })
              .await(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return response.status() == 200 ? read(response, sink, admits) : refused(response);
    } catch (TimeoutException | ChunkInput.TooSlow late) {
      throw new QueryFailed(
          true,
          "Prometheus did not answer within %.1f s."
              .formatted(settings.timeout().toMillis() / 1e3));
    } catch (QueryFailed known) {
      throw known;
    } catch (Exception failure) { // a failed future throws its cause, declared or not
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new QueryFailed(
          true, "Prometheus cannot be reached at %s: %s.".formatted(base, words(failure)));
    } finally {
      if (response != null) {
        response.body().close();
      }
    }
  }

  private record Response(int status, @Nullable String type, ChunkInput body) {}

  private Response open(HttpClientResponse answer, long deadline) {
    long limit = answer.statusCode() == 200 ? settings.maxBytes() : ERROR_BYTES;
    return new Response(
        answer.statusCode(),
        answer.getHeader("Content-Type"),
        new ChunkInput(answer, deadline, limit));
  }

  private Answer read(Response response, Sink sink, IntPredicate admits)
      throws IOException, QueryFailed {
    try {
      Answer answer = new AnswerReader(sink, admits).read(response.body());
      if (!answer.error().isEmpty()) {
        throw new QueryFailed(false, "Prometheus refused the query: " + answer.error());
      }
      return answer;
    } catch (Unreadable rubbish) {
      throw new QueryFailed(
          false,
          "The answer of %s (%s) %s."
              .formatted(
                  base,
                  Optional.ofNullable(response.type()).orElse("no content type"),
                  rubbish.reason()));
    }
  }

  /** Prometheus explains its errors in the API's own format; a proxy in front of it does not. */
  private Answer refused(Response response) throws IOException, QueryFailed {
    String words;
    try {
      words =
          new AnswerReader((labels, at, value) -> {}, rows -> true).read(response.body()).error();
    } catch (Unreadable notOfTheApi) {
      words = "";
    } catch (IOException broken) {
      words = "";
    }
    int status = response.status();
    String reason =
        !words.isEmpty()
            ? words
            : switch (status) {
              case 401, 403 -> "it refuses our credentials";
              case 404 -> "there is no Prometheus API at this address";
              case 429 -> "it has too many queries";
              default ->
                  status >= 300 && status < 400 ? "it redirects elsewhere" : "it gave no reason";
            };
    boolean overloaded = status == 502 || status == 503 || status == 504;
    throw new QueryFailed(
        overloaded, "Prometheus at %s answered HTTP %d: %s.".formatted(base, status, reason));
  }

  private RequestOptions options(String endpoint) throws IOException {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(base + "/api/v1/" + endpoint)
            .setFollowRedirects(false)
            .setConnectTimeout(settings.timeout().toMillis())
            .putHeader("Content-Type", "application/x-www-form-urlencoded")
            .putHeader("Accept", "application/json");
    settings.headers().forEach(options::putHeader);
    String authorization = authorization(settings.credentials());
    if (authorization != null) {
      options.putHeader("Authorization", authorization);
    }
    return options;
  }

  private static @Nullable String authorization(Credentials credentials) throws IOException {
    return switch (credentials) {
      case Credentials.None() -> null;
      case Credentials.Basic(String user, String password) ->
          "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
      case Credentials.Bearer(String token) -> "Bearer " + token;
      case Credentials.BearerFile(Path file) -> "Bearer " + Files.readString(file).strip();
    };
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    http.close();
  }
}
