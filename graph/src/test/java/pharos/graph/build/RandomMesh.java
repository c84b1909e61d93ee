package pharos.graph.build;

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
import pharos.graph.sample.VolumeSample;
import pharos.graph.sample.VolumeSample.Volume;

/** A mesh of any size from a seed: the same seed gives the same samples. */
public final class RandomMesh {
  private static final String[] CODES = {"200", "200", "200", "201", "304", "404", "500", "503"};
  private static final double[] BOUNDS = {
    1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, Double.POSITIVE_INFINITY
  };

  private final Random random;
  private final int namespaces;
  private final int workloads;
  private final List<RequestSample> requests = new ArrayList<>();
  private final List<LatencySample> latencies = new ArrayList<>();
  private final List<VolumeSample> volumes = new ArrayList<>();

  private RandomMesh(long seed, int namespaces, int workloads) {
    this.random = new Random(seed);
    this.namespaces = namespaces;
    this.workloads = workloads;
  }

  /**
   * @param calls pairs of workloads; about one in ten is TCP
   * @param codesPerCall response codes of each call, each reported by both proxies
   */
  public static Samples of(long seed, int namespaces, int workloads, int calls, int codesPerCall) {
    RandomMesh mesh = new RandomMesh(seed, namespaces, workloads);
    for (int i = 0; i < calls; i++) {
      mesh.call(codesPerCall);
    }
    return new Samples(
        Instant.parse("2026-01-01T00:00:00Z"),
        Duration.ofMinutes(1),
        mesh.requests,
        mesh.latencies,
        mesh.volumes,
        List.of(),
        List.of(),
        true);
  }

  private void call(int codesPerCall) {
    int from = random.nextInt(workloads);
    int to = random.nextInt(workloads);
    boolean tcp = random.nextInt(10) == 0;
    Protocol protocol = random.nextInt(4) == 0 ? Protocol.GRPC : Protocol.HTTP;
    for (int i = 0; i < codesPerCall; i++) {
      double perSecond = random.nextInt(1, 100_000) / 997.0;
      String code = CODES[random.nextInt(CODES.length)];
      String flags = i % 3 == 2 ? "UF" : i % 5 == 4 ? "DC" : "-";
      for (Reporter reporter : List.of(Reporter.SOURCE, Reporter.DESTINATION)) {
        double seen = perSecond * (reporter == Reporter.SOURCE ? 1 : 0.99);
        if (tcp) {
          volume(reporter, from, to, i % 2 == 0, flags, seen);
        } else {
          request(reporter, from, to, protocol, code, flags, seen);
        }
      }
    }
    if (!tcp) {
      latency(Reporter.DESTINATION, from, to, protocol);
      latency(Reporter.SOURCE, from, to, protocol);
    }
  }

  private void request(
      Reporter reporter,
      int from,
      int to,
      Protocol protocol,
      String code,
      String flags,
      double perSecond) {
    boolean failed = code.equals("503") && reporter == Reporter.SOURCE;
    requests.add(
        new RequestSample(
            reporter,
            labels(from, to),
            protocol,
            failed && flags.equals("UF") ? "0" : code,
            protocol == Protocol.GRPC ? (code.startsWith("2") ? "0" : "14") : CallLabels.ABSENT,
            flags,
            reporter == Reporter.DESTINATION ? "mutual_tls" : "unknown",
            "spiffe://mesh/" + from,
            "spiffe://mesh/" + to,
            perSecond));
  }

  private void volume(
      Reporter reporter, int from, int to, boolean sent, String flags, double perSecond) {
    volumes.add(
        new VolumeSample(
            reporter,
            labels(from, to),
            Protocol.TCP,
            sent ? Volume.TCP_SENT_BYTES : Volume.TCP_RECEIVED_BYTES,
            "mutual_tls",
            flags,
            perSecond));
  }

  private void latency(Reporter reporter, int from, int to, Protocol protocol) {
    double[] buckets = new double[BOUNDS.length];
    double sum = 0;
    for (int i = 0; i < buckets.length; i++) {
      sum += random.nextInt(10);
      buckets[i] = sum;
    }
    latencies.add(
        new LatencySample(reporter, labels(from, to), protocol, BOUNDS, buckets, sum * 17, sum));
  }

  /** New strings each time, as a parser would make them. */
  private CallLabels labels(int from, int to) {
    String app = app(to);
    return new CallLabels(
        new String("east"),
        namespace(from),
        app(from) + "-v" + from % 3,
        app(from),
        "v" + from % 3,
        CallLabels.ABSENT,
        new String("east"),
        namespace(to),
        app + '.' + namespace(to) + ".svc.cluster.local",
        app,
        namespace(to),
        app + "-v" + to % 3,
        app,
        "v" + to % 3);
  }

  private String namespace(int workload) {
    return "team-" + workload / 3 % namespaces;
  }

  private static String app(int workload) {
    return "service-" + workload / 3;
  }
}
