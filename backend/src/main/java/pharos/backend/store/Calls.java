package pharos.backend.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import pharos.graph.sample.CallLabels;

/** The call labels of a frame: each set once, one column per label. */
final class Calls {
  /** In the order of the record's components; a new label is a new version of the frame. */
  private static final List<Function<CallLabels, String>> LABELS =
      List.of(
          CallLabels::sourceCluster,
          CallLabels::sourceNamespace,
          CallLabels::sourceWorkload,
          CallLabels::sourceApp,
          CallLabels::sourceVersion,
          CallLabels::reportingApp,
          CallLabels::destinationCluster,
          CallLabels::destinationServiceNamespace,
          CallLabels::destinationService,
          CallLabels::destinationServiceName,
          CallLabels::destinationNamespace,
          CallLabels::destinationWorkload,
          CallLabels::destinationApp,
          CallLabels::destinationVersion);

  private final Texts texts;
  private final Map<CallLabels, Integer> numbers = new LinkedHashMap<>();

  Calls(Texts texts) {
    this.texts = texts;
  }

  int number(CallLabels call) {
    Integer known = numbers.putIfAbsent(call, numbers.size());
    if (known != null) {
      return known;
    }
    LABELS.forEach(label -> texts.number(label.apply(call)));
    return numbers.size() - 1;
  }

  void write(ColumnWriter out) {
    out.count(numbers.size());
    for (Function<CallLabels, String> label : LABELS) {
      numbers.keySet().forEach(call -> out.count(texts.number(label.apply(call))));
    }
  }

  static List<CallLabels> read(ColumnReader in, List<String> texts) throws IOException {
    int count = in.rows();
    int[][] columns = new int[LABELS.size()][];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = in.indexes(count, texts.size());
    }
    List<CallLabels> calls = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int row = i;
      Function<Integer, String> text = column -> texts.get(columns[column][row]);
      calls.add(
          new CallLabels(
              text.apply(0),
              text.apply(1),
              text.apply(2),
              text.apply(3),
              text.apply(4),
              text.apply(5),
              text.apply(6),
              text.apply(7),
              text.apply(8),
              text.apply(9),
              text.apply(10),
              text.apply(11),
              text.apply(12),
              text.apply(13)));
    }
    return calls;
  }
}
