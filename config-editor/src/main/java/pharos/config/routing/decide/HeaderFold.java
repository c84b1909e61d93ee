package pharos.config.routing.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import pharos.config.istio.view.HeaderOperations.Edits;
import pharos.config.routing.Decision.HeaderChange;

/**
 * Header edits in the order in which Envoy makes them, folded to one change that does the same:
 * remove, then set, then append (R-HTTP-86 to R-HTTP-89).
 */
final class HeaderFold {
  /** What is left of a header: what came with the request or not, and the values after it. */
  private static final class Header {
    boolean keepsOwn = true;
    final List<String> values = new ArrayList<>();
  }

  private final Map<String, Header> headers = new TreeMap<>();

  private HeaderFold() {}

  /** One level's edits: removals first, then what is set, then what is appended (R-HTTP-86). */
  static HeaderChange of(Edits edits) {
    return edits.isEmpty()
        ? HeaderChange.NONE
        : new HeaderFold().removing(edits).putting(edits).change();
  }

  /**
   * R-HTTP-88: a rule and its only destination are one level, the removals of both first, then what
   * the rule puts, then what the destination puts.
   */
  static HeaderChange merged(Edits rule, Edits destination) {
    return destination.isEmpty()
        ? of(rule)
        : new HeaderFold()
            .removing(rule)
            .removing(destination)
            .putting(rule)
            .putting(destination)
            .change();
  }

  /** R-HTTP-89: the only destination of a weighted list is a level of its own, before the rule. */
  static HeaderChange levels(Edits destination, Edits rule) {
    return new HeaderFold()
        .removing(destination)
        .putting(destination)
        .removing(rule)
        .putting(rule)
        .change();
  }

  private HeaderFold removing(Edits edits) {
    for (String name : edits.remove()) {
      Header header = header(name);
      header.keepsOwn = false;
      header.values.clear();
    }
    return this;
  }

  private HeaderFold putting(Edits edits) {
    new TreeMap<>(edits.set())
        .forEach((name, value) -> {
          Header header = header(name);
          header.keepsOwn = false;
          header.values.clear();
          header.values.add(value);
        });
    new TreeMap<>(edits.add()).forEach((name, value) -> header(name).values.add(value));
    return this;
  }

  private Header header(String name) {
    return headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new Header());
  }

  private HeaderChange change() {
    Map<String, String> set = new TreeMap<>();
    Map<String, String> add = new TreeMap<>();
    List<String> remove = new ArrayList<>();
    headers.forEach((name, header) -> {
      List<String> appended = header.values;
      if (!header.keepsOwn) {
        if (appended.isEmpty()) {
          remove.add(name);
          return;
        }
        set.put(name, appended.getFirst());
        appended = appended.subList(1, appended.size());
      }
      if (!appended.isEmpty()) {
        add.put(name, String.join(",", appended));
      }
    });
    return new HeaderChange(set, add, remove);
  }
}
