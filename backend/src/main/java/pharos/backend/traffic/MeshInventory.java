package pharos.backend.traffic;

import pharos.graph.sample.Inventory;

/** Port: what the cluster holds, kept current by watches. */
public interface MeshInventory {

  /**
   * The newest known inventory; never blocks. {@link Inventory#unknown()} before the first list.
   */
  Inventory current();

  /** Health and age of the watches. */
  SourceStatus status();

  /** Calls {@code listener} after each change, on any thread, at most a few times per second. */
  void onChange(Runnable listener);
}
