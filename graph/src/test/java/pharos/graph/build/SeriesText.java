package pharos.graph.build;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pharos.graph.Box;
import pharos.graph.GraphKind;
import pharos.graph.GraphOptions;
import pharos.graph.GraphOptions.AmbientTraffic;
import pharos.graph.GraphOptions.GrpcRate;
import pharos.graph.GraphOptions.HttpRate;
import pharos.graph.GraphOptions.TcpRate;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Inventory.ConfigFlag;
import pharos.graph.sample.Inventory.DataPlane;
import pharos.graph.sample.Inventory.NamespaceFact;
import pharos.graph.sample.Inventory.ServiceEntryFact;
import pharos.graph.sample.Inventory.ServiceFact;
import pharos.graph.sample.Inventory.WorkloadFact;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Reporter;
import pharos.graph.sample.RequestSample;
import pharos.graph.sample.Samples;
import pharos.graph.sample.SpanCall;
import pharos.graph.sample.VolumeSample;
import pharos.graph.sample.VolumeSample.Volume;

/**
 * Reads a case: series in Prometheus' text form whose values are rates per second, and the cluster
 * and options in comments ({@code # cluster …}, {@code # options …}). Labels that a line leaves out
 * get what Istio would write for a workload named {@code app-version} behind a service {@code app};
 * {@code label="(absent)"} removes one.
 */
final class SeriesText {
  private static final Pattern LINE = Pattern.compile("(\\w+)\\{(.*)}\\s+(\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final List<RequestSample> requests = new ArrayList<>();
  private final List<VolumeSample> volumes = new ArrayList<>();
  private final List<SpanCall> spans = new ArrayList<>();
  private final Map<Map<String, String>, TreeMap<Double, Double>> buckets = new LinkedHashMap<>();
  private final Map<Map<String, String>, double[]> sums = new LinkedHashMap<>();
  private final Map<String, NamespaceFact> namespaces = new TreeMap<>();
  private final List<ServiceFact> services = new ArrayList<>();
  private final List<WorkloadFact> workloads = new ArrayList<>();
  private final List<ServiceEntryFact> entries = new ArrayList<>();
  private GraphOptions options = GraphOptions.DEFAULT;

  static SeriesText read(String text) {
    SeriesText parsed = new SeriesText();
    text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(parsed::line);
    return parsed;
  }

  GraphOptions options() {
    return options;
  }

  Samples samples() {
    List<LatencySample> latencies = new ArrayList<>();
    for (Map<String, String> labels : sums.keySet()) {
      buckets.putIfAbsent(labels, new TreeMap<>());
    }
    buckets.forEach((labels, byBound) -> {
      double[] sum = sums.getOrDefault(labels, new double[] {0, 0});
      double count = byBound.isEmpty() ? sum[1] : byBound.lastEntry().getValue();
      latencies.add(
          new LatencySample(
              reporter(labels),
              call(labels),
              protocol(labels, "http"),
              byBound.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
              byBound.values().stream().mapToDouble(Double::doubleValue).toArray(),
              sum[0],
              count));
    });
    return new Samples(
        AT, Duration.ofMinutes(1), requests, latencies, volumes, spans, List.of(), true);
  }

  Inventory inventory() {
    return new Inventory(namespaces, services, workloads, entries);
  }

  private void line(String line) {
    if (line.startsWith("# options ")) {
      options(words(line.substring(10)));
    } else if (line.startsWith("# cluster ")) {
      cluster(line.substring(10));
    } else if (!line.startsWith("#")) {
      series(line);
    }
  }

  private void series(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a series: " + line);
    }
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(parts.group(2));
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    double value = Double.parseDouble(parts.group(3));
    switch (parts.group(1)) {
      case "istio_requests_total" -> requests.add(request(labels, value));
      case "istio_request_duration_milliseconds_bucket" -> {
        String bound = labels.getOrDefault("le", "");
        labels.remove("le");
        buckets
            .computeIfAbsent(labels, key -> new TreeMap<>())
            .put("+Inf".equals(bound) ? Double.POSITIVE_INFINITY : number(bound), value);
      }
      case "istio_request_duration_milliseconds_sum" ->
          sums.computeIfAbsent(labels, key -> new double[2])[0] = value;
      case "istio_request_duration_milliseconds_count" ->
          sums.computeIfAbsent(labels, key -> new double[2])[1] = value;
      case "span" ->
          spans.add(
              new SpanCall(
                  call(labels),
                  protocol(labels, "http"),
                  value,
                  number(labels.getOrDefault("errors", "0")),
                  number(labels.getOrDefault("mean", "1"))));
      default -> volumes.add(volume(parts.group(1), labels, value));
    }
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }

  private static RequestSample request(Map<String, String> labels, double value) {
    return new RequestSample(
        reporter(labels),
        call(labels),
        protocol(labels, "http"),
        label(labels, "response_code", "200"),
        label(labels, "grpc_response_status", CallLabels.ABSENT),
        label(labels, "response_flags", "-"),
        label(labels, "connection_security_policy", "unknown"),
        label(labels, "source_principal", "unknown"),
        label(labels, "destination_principal", "unknown"),
        value);
  }

  private static VolumeSample volume(String metric, Map<String, String> labels, double value) {
    Volume volume =
        switch (metric) {
          case "istio_tcp_sent_bytes_total" -> Volume.TCP_SENT_BYTES;
          case "istio_tcp_received_bytes_total" -> Volume.TCP_RECEIVED_BYTES;
          case "istio_request_messages_total" -> Volume.REQUEST_MESSAGES;
          case "istio_response_messages_total" -> Volume.RESPONSE_MESSAGES;
          case "istio_request_bytes_sum" -> Volume.REQUEST_BYTES;
          case "istio_response_bytes_sum" -> Volume.RESPONSE_BYTES;
          default -> throw new IllegalArgumentException("no such metric: " + metric);
        };
    String protocol =
        metric.startsWith("istio_tcp") ? "tcp" : metric.contains("messages") ? "grpc" : "http";
    return new VolumeSample(
        reporter(labels),
        call(labels),
        protocol(labels, protocol),
        volume,
        label(labels, "connection_security_policy", "unknown"),
        label(labels, "response_flags", "-"),
        value);
  }

  private static Reporter reporter(Map<String, String> labels) {
    return Reporter.valueOf(labels.getOrDefault("reporter", "source").toUpperCase(Locale.ROOT));
  }

  private static Protocol protocol(Map<String, String> labels, String otherwise) {
    return Protocol.valueOf(
        labels.getOrDefault("request_protocol", otherwise).toUpperCase(Locale.ROOT));
  }

  private static CallLabels call(Map<String, String> labels) {
    String sourceNamespace = label(labels, "source_workload_namespace", "unknown");
    String source = label(labels, "source_workload", "unknown");
    String namespace = label(labels, "destination_workload_namespace", "unknown");
    String workload = label(labels, "destination_workload", "unknown");
    String app = label(labels, "destination_canonical_service", app(workload));
    String serviceNamespace = label(labels, "destination_service_namespace", namespace);
    String serviceName = label(labels, "destination_service_name", app);
    return new CallLabels(
        label(labels, "source_cluster", source.equals("unknown") ? "unknown" : "east"),
        sourceNamespace,
        source,
        label(labels, "source_canonical_service", app(source)),
        label(labels, "source_canonical_revision", version(source)),
        label(labels, "app", CallLabels.ABSENT),
        label(labels, "destination_cluster", "east"),
        serviceNamespace,
        label(
            labels,
            "destination_service",
            serviceName.equals("unknown")
                ? "unknown"
                : serviceName + "." + serviceNamespace + ".svc.cluster.local"),
        serviceName,
        namespace,
        workload,
        app,
        label(labels, "destination_canonical_revision", version(workload)));
  }

  private static String label(Map<String, String> labels, String name, String otherwise) {
    String value = labels.getOrDefault(name, otherwise);
    return value.equals("(absent)") ? CallLabels.ABSENT : value;
  }

  private static String app(String workload) {
    return workload.replaceFirst("-v\\d+$", "");
  }

  private static String version(String workload) {
    if (workload.equals("unknown")) {
      return "unknown";
    }
    return workload.matches(".*-v\\d+$")
        ? workload.substring(workload.lastIndexOf('-') + 1)
        : "latest";
  }

  private static Map<String, String> words(String text) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String word : text.strip().split("\\s+", -1)) {
      int equals = word.indexOf('=');
      words.put(
          equals < 0 ? word : word.substring(0, equals),
          equals < 0 ? "true" : word.substring(equals + 1));
    }
    return words;
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(","));
  }

  private void options(Map<String, String> words) {
    words.forEach((name, value) -> options = option(name, value).apply(options));
  }

  private static UnaryOperator<GraphOptions> option(String name, String value) {
    String upper = value.toUpperCase(Locale.ROOT);
    return switch (name) {
      case "kind" ->
          o ->
              o.withKind(
                  Arrays.stream(GraphKind.values())
                      .filter(kind -> kind.wireName().equals(value))
                      .findFirst()
                      .orElseThrow());
      case "namespaces" -> o -> o.withNamespaces(Set.copyOf(list(value)));
      case "boxBy" ->
          o -> o.withBoxBy(list(upper).stream().map(Box.Kind::valueOf).toArray(Box.Kind[]::new));
      case "inject" -> o -> o.withInjectServiceNodes(true);
      case "idleEdges" -> o -> o.withIdle(true, o.idleNodes());
      case "idleNodes" -> o -> o.withIdle(o.idleEdges(), true);
      case "http" -> o -> o.withRates(HttpRate.valueOf(upper), o.rateGrpc(), o.rateTcp());
      case "grpc" -> o -> o.withRates(o.rateHttp(), GrpcRate.valueOf(upper), o.rateTcp());
      case "tcp" -> o -> o.withRates(o.rateHttp(), o.rateGrpc(), TcpRate.valueOf(upper));
      case "ambient" -> o -> o.withAmbient(AmbientTraffic.valueOf(upper), o.waypoints());
      case "waypoints" -> o -> o.withAmbient(o.ambientTraffic(), Boolean.parseBoolean(value));
      default -> throw new IllegalArgumentException("no such option: " + name);
    };
  }

  /** {@code namespace shop ambient}, {@code workload shop/cart-v1 replicas=1/1/1}, … */
  private void cluster(String text) {
    Map<String, String> words = words(text);
    List<String> names = List.copyOf(words.keySet());
    String namespace = names.get(1).split("/", -1)[0];
    namespaces.putIfAbsent(namespace, new NamespaceFact(namespace, true, false, Map.of()));
    String name = names.get(1).contains("/") ? names.get(1).split("/", -1)[1] : "";
    switch (names.getFirst()) {
      case "namespace" ->
          namespaces.put(
              namespace,
              new NamespaceFact(namespace, true, words.containsKey("ambient"), Map.of()));
      case "service" ->
          services.add(
              new ServiceFact(
                  "east",
                  namespace,
                  name,
                  Map.of(),
                  Map.of("app", words.getOrDefault("app", name)),
                  List.of(),
                  words.get("rate"),
                  list(words.getOrDefault("config", "")).stream()
                      .map(flag -> ConfigFlag.valueOf(flag.toUpperCase(Locale.ROOT)))
                      .collect(Collectors.toSet()),
                  List.of()));
      case "workload" -> {
        int[] replicas =
            Arrays.stream(words.getOrDefault("replicas", "1/1/1").split("/", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        workloads.add(
            new WorkloadFact(
                "east",
                namespace,
                name,
                words.getOrDefault("kind", "Deployment"),
                app(name),
                version(name),
                Map.of("app", app(name)),
                replicas[0],
                replicas[1],
                replicas[2],
                Integer.parseInt(words.getOrDefault("synced", "-1")),
                DataPlane.valueOf(words.getOrDefault("plane", "SIDECAR")),
                words.get("rate"),
                List.of()));
      }
      case "entry" ->
          entries.add(
              new ServiceEntryFact(
                  "east",
                  namespace,
                  name,
                  list(words.getOrDefault("hosts", "")),
                  words.containsKey("internal"),
                  Set.copyOf(list(words.getOrDefault("exportTo", "")))));
      default -> throw new IllegalArgumentException("not a fact: " + text);
    }
  }

  /** The same series in another order. */
  Samples shuffled(long seed) {
    Samples samples = samples();
    Random random = new Random(seed);
    return new Samples(
        samples.at(),
        samples.window(),
        shuffle(samples.requests(), random),
        shuffle(samples.latencies(), random),
        shuffle(samples.volumes(), random),
        shuffle(samples.spans(), random),
        samples.warnings(),
        samples.complete());
  }

  private static <T> List<T> shuffle(List<T> list, Random random) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }
}
