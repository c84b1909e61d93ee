package pharos.backend.source.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import pharos.backend.change.ClusterWriter;
import pharos.config.resource.Kinds;
import pharos.config.resource.ResourceKey;

/**
 * Writes single objects, as the client's identity, with the conditions that each write names. The
 * requests are plain: models would drop fields that they do not know, and the client's own write
 * methods repeat what failed.
 */
public final class KubernetesWriter implements ClusterWriter {
  /** Who writes, in {@code managedFields}. */
  static final String MANAGER = "pharos";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json";

  private final KubernetesClient client;
  private final Duration timeout;

  /**
   * @param client without retries of its own
   * @param timeout of one request
   */
  public KubernetesWriter(KubernetesClient client, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  @Override
  public Reading read(ResourceKey key, String version) {
    try {
      HttpResponse<String> response =
          send(client.getHttpClient().newHttpRequestBuilder().uri(uri(key, version, true, "")));
      return switch (response.code()) {
        case 200 -> new Reading.Found(response.body());
        case 404 -> new Reading.Missing();
        default -> new Reading.Unreadable(message(response));
      };
    } catch (NoAnswer e) {
      return new Reading.Unreadable(e.words());
    }
  }

  @Override
  public Answer write(Write write, boolean dryRun) {
    String query =
        "?fieldManager=" + MANAGER + "&fieldValidation=Strict" + (dryRun ? "&dryRun=All" : "");
    HttpRequest.Builder request = client.getHttpClient().newHttpRequestBuilder();
    switch (write) {
      case Write.Create create ->
          request
              .uri(uri(create.key(), create.version(), false, query))
              .post(JSON_TYPE, create.json());
      case Write.Replace replace ->
          request
              .uri(uri(replace.key(), replace.version(), true, query))
              .put(JSON_TYPE, replace.json());
      case Write.Delete delete ->
          request
              .uri(uri(delete.key(), delete.version(), true, dryRun ? "?dryRun=All" : ""))
              .delete(JSON_TYPE, preconditions(delete));
    }
    try {
      return answer(write, send(request));
    } catch (NoAnswer e) {
      return new Answer.Unclear(e.words());
    }
  }

  private static String preconditions(Write.Delete delete) {
    return JSON.createObjectNode()
        .put("kind", "DeleteOptions")
        .put("apiVersion", "v1")
        .set(
            "preconditions",
            JSON.createObjectNode()
                .put("uid", delete.uid())
                .put("resourceVersion", delete.resourceVersion()))
        .toString();
  }

  private static Answer answer(Write write, HttpResponse<String> response) {
    int code = response.code();
    if (response.isSuccessful()) {
      return new Answer.Done(write instanceof Write.Delete ? null : response.body());
    }
    String message = message(response);
    if (code == 409) {
      return new Answer.Conflict(message);
    }
    // What a webhook could not answer was not stored, although the status says "server error".
    boolean webhookFailed = code == 500 && message.contains("failed calling webhook");
    return code < 500 || webhookFailed ? new Answer.Refused(message) : new Answer.Unclear(message);
  }

  /** The API server's own words; never the body of something else that answered. */
  private static String message(HttpResponse<String> response) {
    try {
      JsonNode status = JSON.readTree(response.body());
      if (status != null && status.path("message").isTextual()) {
        return status.path("message").textValue();
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return "HTTP " + response.code() + " without a status that can be read";
    }
    return "HTTP " + response.code();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws NoAnswer {
    HttpRequest built = request.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS).build();
    CompletableFuture<HttpResponse<String>> answer =
        client.getHttpClient().sendAsync(built, String.class);
    try {
      return answer.get(timeout.toMillis() + 500, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new NoAnswer(String.valueOf(cause.getMessage()), e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new NoAnswer("no answer within " + timeout.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new NoAnswer("interrupted", e);
    }
  }

  private URI uri(ResourceKey key, String version, boolean named, String query) {
    ResourceKey.Kind kind = key.kind();
    Kinds.Facts facts = Kinds.facts(kind);
    if (facts == null) {
      throw new IllegalArgumentException(kind + ": not a kind that is known");
    }
    StringBuilder path = new StringBuilder();
    path.append(kind.group().isEmpty() ? "api/" : "apis/" + kind.group() + "/").append(version);
    if (facts.namespaced()) {
      path.append("/namespaces/").append(segment(key.namespace()));
    }
    path.append('/').append(facts.plural());
    if (named) {
      path.append('/').append(segment(key.name()));
    }
    String base = client.getMasterUrl().toString();
    return URI.create((base.endsWith("/") ? base : base + "/") + path + query);
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Nothing came back, so nobody knows. */
  private static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswer(String words, Throwable cause) {
      super(words, cause);
    }

    String words() {
      return String.valueOf(getMessage());
    }
  }
}
