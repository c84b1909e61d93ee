package pharos.graph.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import pharos.graph.GraphOptions;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Inventory.NamespaceFact;
import pharos.graph.sample.Samples;

/**
 * The namespaces that the graph is about, numbered in the order of their names. A graph of the
 * whole mesh is about all namespaces that telemetry or the cluster names.
 */
final class Requested {
  static final int[] NO_NAMESPACES = {};

  private final boolean wholeMesh;
  private final List<String> names;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final boolean[] ambient;

  private Requested(boolean wholeMesh, SortedSet<String> names, Inventory inventory) {
    this.wholeMesh = wholeMesh;
    this.names = List.copyOf(names);
    this.ambient = new boolean[this.names.size()];
    for (int i = 0; i < this.names.size(); i++) {
      indexes.put(this.names.get(i), i);
      NamespaceFact fact = inventory.namespaces().get(this.names.get(i));
      ambient[i] = fact != null && fact.ambient();
    }
  }

  static Requested of(Samples samples, Inventory inventory, GraphOptions options) {
    if (!options.namespaces().isEmpty()) {
      return new Requested(false, new TreeSet<>(options.namespaces()), inventory);
    }
    Set<String> all = new HashSet<>(inventory.namespaces().keySet());
    samples.requests().forEach(sample -> addNames(sample.call(), all));
    samples.volumes().forEach(sample -> addNames(sample.call(), all));
    samples.spans().forEach(span -> addNames(span.call(), all));
    return new Requested(true, new TreeSet<>(all), inventory);
  }

  private static void addNames(CallLabels call, Set<String> names) {
    if (Labels.isKnown(call.sourceNamespace())) {
      names.add(call.sourceNamespace());
    }
    if (Labels.isKnown(call.destinationNamespace())) {
      names.add(call.destinationNamespace());
    }
    if (Labels.isKnown(call.destinationServiceNamespace())) {
      names.add(call.destinationServiceNamespace());
    }
  }

  /** Whether no namespace was named, so that none is outside. */
  boolean wholeMesh() {
    return wholeMesh;
  }

  List<String> names() {
    return names;
  }

  /** -1 for a namespace that was not asked for. */
  int index(String namespace) {
    return indexes.getOrDefault(namespace, -1);
  }

  boolean isAmbient(int index) {
    return ambient[index];
  }

  /**
   * The namespaces N, other than the caller's, with {@code host =~ "^.+\.N\..+$"}: a label of the
   * host that is neither its first nor its last.
   */
  int[] namedByHost(String host, String except) {
    List<Integer> found = new ArrayList<>(1);
    int dot = host.indexOf('.', 1);
    while (dot >= 0) {
      int next = host.indexOf('.', dot + 1);
      if (next < 0 || next + 1 == host.length()) {
        break;
      }
      String label = host.substring(dot + 1, next);
      int index = index(label);
      if (index >= 0 && !label.equals(except) && !found.contains(index)) {
        found.add(index);
      }
      dot = next;
    }
    return found.isEmpty() ? NO_NAMESPACES : found.stream().mapToInt(Integer::intValue).toArray();
  }
}
