package pharos.config.routing.decide;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.effective.Listener;

/** What listens on one port, ready to be asked. */
final class PortTable {
  /** A listener with its chains. */
  record Entry(Listener listener, ChainTable chains) {}

  private final List<Entry> entries = new ArrayList<>();
  private final boolean addressMatters;

  PortTable(List<Listener> listeners, Targets targets) {
    boolean matters = false;
    for (Listener listener : listeners) {
      entries.add(new Entry(listener, new ChainTable(listener, targets)));
      matters |= !listener.address().equals(Listener.ANY_ADDRESS);
      for (Listener.Chain chain : listener.chains()) {
        matters |= !chain.match().destinations().isEmpty();
      }
    }
    addressMatters = matters;
  }

  /**
   * Whether connections to two addresses can be treated differently; if not, none need be known.
   */
  boolean addressMatters() {
    return addressMatters;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The listener of an address, else that of all addresses, else null (R-OB-1). */
  @Nullable Entry find(@Nullable String address) {
    Entry any = null;
    for (Entry entry : entries) {
      String own = entry.listener.address();
      if (own.equals(address)) {
        return entry;
      }
      if (own.equals(Listener.ANY_ADDRESS)) {
        any = entry;
      }
    }
    return any;
  }

  /** The only one, whatever its address; null when there are several or none. */
  @Nullable Entry only() {
    return entries.size() == 1 ? entries.getFirst() : null;
  }

  List<Listener> listeners() {
    return entries.stream().map(Entry::listener).toList();
  }
}
