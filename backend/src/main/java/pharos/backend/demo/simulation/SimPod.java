package pharos.backend.demo.simulation;

import pharos.backend.demo.model.PodFact;
import pharos.backend.demo.model.Workload.DataPlane;

/** A pod with its proxy's counters. */
final class SimPod {
  private final PodFact fact;
  private final Station station;
  private final ProxyStats stats;
  private double startedSeconds;
  private int restarts;

  SimPod(PodFact fact, Station station, ProxyStats stats) {
    this.fact = fact;
    this.station = station;
    this.stats = stats;
  }

  PodFact fact() {
    return fact;
  }

  Station station() {
    return station;
  }

  ProxyStats stats() {
    return stats;
  }

  boolean inMesh() {
    return station.workload().dataPlane() != DataPlane.NONE;
  }

  void restart(double nowSeconds) {
    stats.reset();
    startedSeconds = nowSeconds;
    restarts++;
  }

  int restarts() {
    return restarts;
  }

  void render(TextWriter out, double nowSeconds, String version) {
    stats.render(out);
    out.add("# TYPE istio_build gauge\nistio_build{component=\"proxy\",tag=\"" + version + "\"} ");
    out.line(1);
    out.add("# TYPE envoy_server_live gauge\nenvoy_server_live{} ").line(1);
    out.add("# TYPE envoy_server_uptime gauge\nenvoy_server_uptime{} ");
    out.line((long) (nowSeconds - startedSeconds));
    out.add("# TYPE envoy_server_memory_allocated gauge\nenvoy_server_memory_allocated{} ");
    out.line(38_000_000L + fact.name().hashCode() % 1_000_000);
  }
}
