package pharos.backend.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Reporter;
import pharos.graph.sample.RequestSample;
import pharos.graph.sample.Samples;
import pharos.graph.sample.SpanCall;
import pharos.graph.sample.VolumeSample;

/** Samples that look like a mesh's, from a seed. */
final class SampleFrames {
  private static final double[] BOUNDS = {
    0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, Double.POSITIVE_INFINITY
  };

  private SampleFrames() {}

  /** About {@code series} series of each kind. */
  static Samples of(Instant at, int series, long seed) {
    Random random = new Random(seed);
    List<RequestSample> requests = new ArrayList<>();
    List<LatencySample> latencies = new ArrayList<>();
    List<VolumeSample> volumes = new ArrayList<>();
    List<SpanCall> spans = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      CallLabels call = call(random.nextInt(1 + series / 4), random.nextInt(1 + series / 4));
      Reporter reporter = i % 2 == 0 ? Reporter.SOURCE : Reporter.DESTINATION;
      requests.add(
          new RequestSample(
              reporter,
              call,
              i % 5 == 0 ? Protocol.GRPC : Protocol.HTTP,
              i % 9 == 0 ? "503" : "200",
              CallLabels.ABSENT,
              i % 9 == 0 ? "UF" : "-",
              "mutual_tls",
              "spiffe://cluster.local/ns/a/sa/" + call.sourceWorkload(),
              "spiffe://cluster.local/ns/a/sa/" + call.destinationWorkload(),
              random.nextDouble() * 100));
      double[] cumulative = new double[BOUNDS.length];
      double sum = 0;
      for (int j = 0; j < cumulative.length; j++) {
        sum += j > 2 && j < 6 ? random.nextDouble() * 10 : 0;
        cumulative[j] = sum;
      }
      latencies.add(
          new LatencySample(reporter, call, Protocol.HTTP, BOUNDS, cumulative, sum * 20, sum));
      if (i % 4 == 0) {
        volumes.add(
            new VolumeSample(
                reporter,
                call,
                Protocol.TCP,
                VolumeSample.Volume.TCP_SENT_BYTES,
                "none",
                "-",
                random.nextDouble() * 1e7));
      }
      if (i % 50 == 0) {
        spans.add(new SpanCall(call, Protocol.HTTP, 1.5, 0.25, 12.5));
      }
    }
    return new Samples(
        at,
        Duration.ofMinutes(1),
        requests,
        latencies,
        volumes,
        spans,
        List.of("one target did not answer"),
        false);
  }

  private static CallLabels call(int from, int to) {
    return new CallLabels(
        "Kubernetes",
        "ns" + from % 7,
        "workload-" + from,
        "app-" + from,
        "v1",
        "",
        "Kubernetes",
        "ns" + to % 7,
        "service-" + to + ".ns" + to % 7 + ".svc.cluster.local",
        "service-" + to,
        "ns" + to % 7,
        "workload-" + to,
        "app-" + to,
        "v" + to % 3);
  }
}
