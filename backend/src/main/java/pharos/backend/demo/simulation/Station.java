package pharos.backend.demo.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.backend.demo.model.Call;
import pharos.backend.demo.model.Operation;
import pharos.backend.demo.model.Workload;

/** A workload at run time: its pods, its place in metrics, and its calls with their routes. */
final class Station {
  private final Workload workload;
  private final Peer peer;
  private final List<SimPod> pods = new ArrayList<>();
  private final List<Served> operations = new ArrayList<>();
  private final Map<Call, CallSite> forwards = new HashMap<>();

  /** An operation with its calls bound to this workload. */
  record Served(Operation operation, List<List<CallSite>> steps) {}

  Station(Workload workload) {
    this.workload = workload;
    this.peer = workload.dataPlane() == Workload.DataPlane.NONE ? Peer.UNKNOWN : new Peer(workload);
    for (Operation operation : workload.operations()) {
      operations.add(
          new Served(
              operation,
              operation.steps().stream()
                  .map(step -> step.stream().map(call -> new CallSite(this, call)).toList())
                  .toList()));
    }
  }

  Workload workload() {
    return workload;
  }

  Peer peer() {
    return peer;
  }

  List<SimPod> pods() {
    return pods;
  }

  boolean gateway() {
    return workload.dataPlane() == Workload.DataPlane.GATEWAY;
  }

  @Nullable Served serving(String method, String path) {
    for (Served served : operations) {
      if (served.operation.accepts(method, path)) {
        return served;
      }
    }
    return null;
  }

  /** A call that arrived here and goes on, as gateways do. */
  CallSite forward(Call call) {
    return forwards.computeIfAbsent(call, c -> new CallSite(this, c));
  }
}
