package pharos.backend.demo.simulation;

import pharos.backend.demo.model.MeshModel;

/** The metrics of istiod that a dashboard reads. */
final class ControlPlaneText {
  private static final double[] BOUNDS = {0.1, 0.5, 1, 3, 5, 10, 20, 30};

  private ControlPlaneText() {}

  /**
   * Writes them.
   *
   * @param pushes configuration pushes since the start
   */
  static void render(MeshModel model, int proxies, long pushes, double nowSeconds, TextWriter out) {
    String tag = MeshModel.ISTIO_VERSION;
    gauge(out, "istio_build{component=\"pilot\",tag=\"" + tag + "\"}", 1);
    gauge(out, "pilot_info{version=\"" + tag + "\"}", 1);
    gauge(out, "pilot_xds{version=\"" + tag + "\"}", proxies);
    gauge(out, "pilot_services{}", model.services().size());
    gauge(
        out,
        "pilot_virt_services{}",
        model.istioObjects().stream().filter(o -> o.getKind().equals("VirtualService")).count());
    out.add("# TYPE pilot_xds_pushes counter\n");
    for (String type : new String[] {"cds", "eds", "lds", "rds"}) {
      out.add("pilot_xds_pushes{type=\"" + type + "\"} ").line(pushes * proxies);
    }
    out.add("# TYPE pilot_total_xds_rejects counter\npilot_total_xds_rejects{} ").line(0);
    out.add("# TYPE pilot_proxy_convergence_time histogram\n");
    long count = pushes * proxies;
    for (double bound : BOUNDS) {
      // Nine tenths within 0.1 s, the rest within half a second: a control plane at rest.
      long within = bound < 0.5 ? count * 9 / 10 : count;
      out.add("pilot_proxy_convergence_time_bucket{le=\"" + bound + "\"} ").line(within);
    }
    out.add("pilot_proxy_convergence_time_bucket{le=\"+Inf\"} ").line(count);
    out.add("pilot_proxy_convergence_time_sum ").line(count * 0.06);
    out.add("pilot_proxy_convergence_time_count ").line(count);
    out.add("# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total ");
    out.line(nowSeconds * 0.03);
    gauge(out, "process_resident_memory_bytes", 96_000_000 + 40_000L * model.services().size());
    gauge(out, "go_goroutines", 400 + 3L * proxies);
  }

  private static void gauge(TextWriter out, String series, long value) {
    int brace = series.indexOf('{');
    out.add("# TYPE " + (brace < 0 ? series : series.substring(0, brace)) + " gauge\n");
    out.add(series + " ").line(value);
  }
}
