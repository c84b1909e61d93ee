package pharos.backend.traffic;

import java.util.List;
import java.util.function.Supplier;

/** All sources with their present state, in the order in which they are shown. */
public final class Sources {
  private final List<Supplier<SourceStatus>> suppliers;

  public Sources(List<Supplier<SourceStatus>> suppliers) {
    this.suppliers = List.copyOf(suppliers);
  }

  /** The state of each, now. */
  public List<SourceStatus> all() {
    return suppliers.stream().map(Supplier::get).toList();
  }
}
