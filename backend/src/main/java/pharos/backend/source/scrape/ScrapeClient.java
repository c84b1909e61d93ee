package pharos.backend.source.scrape;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches the text of one proxy. Blocks; for virtual threads. */
final class ScrapeClient implements AutoCloseable {
  private final HttpClient http;
  private final int maxBodyBytes;

  ScrapeClient(Vertx vertx, ScrapeSettings settings) {
    maxBodyBytes = settings.maxBodyBytes();
    http =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAliveTimeout(60).setDecompressionSupported(true),
            new PoolOptions().setHttp1MaxSize(1));
  }

  /** The body. Failures are {@link ScrapeFailed} with a reason for the user. */
  Buffer fetch(URI url, Duration timeout) throws ScrapeFailed {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(url.toString())
            .setFollowRedirects(false)
            .setConnectTimeout(timeout.toMillis())
            .setIdleTimeout(timeout.toMillis())
            .putHeader("Accept", "text/plain;version=0.0.4");
    try {
      return http.request(options)
          .compose(request -> {
            // Listening comes before sending: nobody can listen to an answer that has ended.
            Future<Buffer> answered = request.response().compose(this::body);
            request.end();
            return answered;
          })
          .await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new ScrapeFailed("did not answer within %d ms".formatted(timeout.toMillis()));
    } catch (Exception failure) { // a failed future throws its cause, declared or not
      if (failure instanceof ScrapeFailed known) {
        throw known;
      }
      throw new ScrapeFailed(words(failure));
    }
  }

  private Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      response.request().reset();
      return Future.failedFuture(
          new ScrapeFailed("answered HTTP %d".formatted(response.statusCode())));
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer(1 << 16);
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> whole.tryComplete(body));
    response.handler(chunk -> {
      if (body.length() + chunk.length() > maxBodyBytes) {
        response.handler(null);
        response.request().reset();
        whole.tryFail(new ScrapeFailed("answered more than %d MiB".formatted(maxBodyBytes >> 20)));
      } else {
        body.appendBuffer(chunk);
      }
    });
    return whole.future();
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    http.close();
  }

  /** A scrape that gave nothing; the message follows the target's name. */
  static final class ScrapeFailed extends Exception {
    private static final long serialVersionUID = 1L;

    ScrapeFailed(String reason) {
      super(reason, null, false, false);
    }
  }
}
