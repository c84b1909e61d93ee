package pharos.backend.demo.simulation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.backend.demo.model.AppProtocol;
import pharos.backend.demo.model.Workload;

/** Keeps the counts of {@link GroundTruth} while the simulation runs. */
final class TruthLedger {
  private final Map<Key, Entry> entries = new HashMap<>();

  private record Key(Peer from, ServiceRef service, Peer to, AppProtocol protocol) {}

  private static final class Entry {
    private long requests;
    private long errors;
    private long arrivals;
    private long arrivalErrors;
    private long mirrored;
    private final DurationSketch requestDurations = new DurationSketch();
    private final DurationSketch arrivalDurations = new DurationSketch();
    private long sent;
    private long received;
  }

  private Entry entry(Peer from, ServiceRef service, Peer to, AppProtocol protocol) {
    return entries.computeIfAbsent(new Key(from, service, to, protocol), _ -> new Entry());
  }

  void request(Peer from, ServiceRef service, Peer to, AppProtocol protocol, Response response) {
    Entry entry = entry(from, service, to, protocol);
    entry.requests++;
    entry.errors += error(response) ? 1 : 0;
    entry.requestDurations.add(response.micros() / 1000.0);
  }

  void arrival(
      Peer from,
      ServiceRef service,
      Peer to,
      AppProtocol protocol,
      Response response,
      boolean mirrored) {
    Entry entry = entry(from, service, to, protocol);
    entry.arrivals++;
    entry.arrivalErrors += error(response) ? 1 : 0;
    entry.mirrored += mirrored ? 1 : 0;
    entry.arrivalDurations.add(response.micros() / 1000.0);
  }

  void bytes(Peer from, ServiceRef service, Peer to, long sent, long received) {
    Entry entry = entry(from, service, to, AppProtocol.TCP);
    entry.sent += sent;
    entry.received += received;
  }

  private static boolean error(Response response) {
    return response.code() >= 400 || response.code() == 0 || response.grpcStatus() > 0;
  }

  GroundTruth snapshot() {
    var edges = new HashMap<GroundTruth.Edge, GroundTruth.Counts>();
    entries.forEach((key, entry) ->
        edges.put(
            new GroundTruth.Edge(
                namespace(key.from.workload()),
                name(key.from.workload()),
                key.service.host(),
                namespace(key.to.workload()),
                name(key.to.workload()),
                key.protocol),
            new GroundTruth.Counts(
                entry.requests,
                entry.errors,
                entry.arrivals,
                entry.arrivalErrors,
                entry.mirrored,
                entry.requestDurations.copy(),
                entry.arrivalDurations.copy(),
                entry.sent,
                entry.received)));
    return new GroundTruth(edges);
  }

  private static String namespace(@Nullable Workload workload) {
    return workload == null ? "unknown" : workload.namespace();
  }

  private static String name(@Nullable Workload workload) {
    return workload == null ? "unknown" : workload.name();
  }
}
