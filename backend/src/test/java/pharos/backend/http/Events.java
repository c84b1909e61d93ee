package pharos.backend.http;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** Reads one event stream on a thread of its own. */
final class Events implements AutoCloseable {
  final HttpResponse<InputStream> response;
  private final BlockingQueue<Event> received = new LinkedBlockingQueue<>();
  private volatile String end = "open";

  Events(HttpClient client, URI uri, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("no stream at " + uri, e);
    }
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    boolean gzip = response.headers().firstValue("content-encoding").orElse("").equals("gzip");
    try (InputStream in = gzip ? new GZIPInputStream(response.body()) : response.body();
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String id = "";
      String name = "";
      String data = "";
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.startsWith("retry: ") || line.startsWith(":")) {
          received.add(new Event(line, "", new JsonObject()));
        } else if (line.isEmpty() && !name.isEmpty()) {
          received.add(new Event(name, id, new JsonObject(data)));
          name = "";
        }
      }
      end = "clean";
    } catch (IOException e) {
      end = e.toString();
    }
  }

  /** The next event of this name; what comes before it is passed over. */
  Event next(String name) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    try {
      while (true) {
        Event event = received.poll(limit - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (event == null) {
          throw new AssertionError("no event " + name + " within 20 s; stream " + end);
        }
        if (event.name().equals(name)) {
          return event;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next event that is a frame, whichever kind. */
  Event frame() {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    try {
      while (true) {
        Event event = received.poll(limit - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (event == null) {
          throw new AssertionError("no frame within 20 s; stream " + end);
        }
        if (event.name().equals("snapshot") || event.name().equals("delta")) {
          return event;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** How the stream ended, once it has. */
  String awaitEnd() {
    for (int i = 0; i < 200 && end.equals("open"); i++) {
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return end;
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }

  record Event(String name, String id, JsonObject data) {}
}
