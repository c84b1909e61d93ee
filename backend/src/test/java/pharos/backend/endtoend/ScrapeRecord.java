package pharos.backend.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import pharos.backend.source.scrape.ScrapeTarget;

/**
 * What a Prometheus server would have scraped, had it been there at the mesh's own time: every
 * proxy's text with the moment and the labels that Istio's scrape configuration adds to a target. A
 * real server is loaded with it, so that five minutes of traffic take seconds.
 */
final class ScrapeRecord implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path file;
  private final BufferedWriter out;

  ScrapeRecord(Path file) throws IOException {
    this.file = file;
    this.out = Files.newBufferedWriter(file, UTF_8);
  }

  /** Scrapes every target as of a moment of the mesh. */
  void scrape(List<ScrapeTarget> targets, Instant at) throws IOException, InterruptedException {
    String time = "%d.%03d".formatted(at.getEpochSecond(), at.getNano() / 1_000_000);
    for (ScrapeTarget target : targets) {
      var request = HttpRequest.newBuilder(target.url()).timeout(LIMIT).build();
      var answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
      if (answer.statusCode() != 200) {
        throw new AssertionError(target.url() + " answered " + answer.statusCode());
      }
      String labels = "{app=\"%s\",pod=\"%s\",".formatted(target.app(), target.pod());
      for (String line : answer.body().toList()) {
        if (line.startsWith("istio_") && !line.startsWith("istio_build")) {
          out.write(line.replaceFirst("\\{", labels));
          out.write(' ');
          out.write(time);
          out.write('\n');
        }
      }
    }
  }

  /** Everything so far, as OpenMetrics. */
  Path finish() throws IOException {
    out.write("# EOF\n");
    out.close();
    return file;
  }

  @Override
  public void close() throws IOException {
    client.close();
    out.close();
  }
}
