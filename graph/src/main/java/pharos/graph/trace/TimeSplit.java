package pharos.graph.trace;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where the time of a trace went: the critical path, by who was busy. The parts add up to the
 * length of the path exactly.
 *
 * @param nanos per place; every place is there
 */
public record TimeSplit(Map<Place, Long> nanos) {

  /** Who was busy. */
  public enum Place {
    /** The application's own code, or what it calls without a trace. */
    APPLICATION,
    /** The caller's proxy. */
    CLIENT_PROXY,
    /** Between caller and callee; with the proxies where only they write spans. */
    NETWORK,
    /** The callee's proxy. */
    SERVER_PROXY,
    /** A callee that writes no spans, and the way to it. */
    REMOTE
  }

  public TimeSplit {
    nanos = Map.copyOf(nanos);
  }

  public static TimeSplit of(TraceTree tree, CriticalPath path) {
    List<Place> places = places(tree);
    Map<Place, Long> nanos = new EnumMap<>(Place.class);
    for (Place place : Place.values()) {
      nanos.put(place, 0L);
    }
    for (CriticalPath.Section section : path.sections()) {
      nanos.merge(places.get(section.row()), section.toNanos() - section.fromNanos(), Long::sum);
    }
    return new TimeSplit(nanos);
  }

  /** Per row, who is busy while it runs and none of its children does. */
  public static List<Place> places(TraceTree tree) {
    Place[] places = new Place[tree.size()];
    for (int row = 0; row < places.length; row++) {
      places[row] =
          switch (tree.span(row).kind()) {
            case CLIENT, PRODUCER -> Place.REMOTE;
            case SERVER, CONSUMER, INTERNAL, UNSPECIFIED -> Place.APPLICATION;
          };
      int parent = tree.parent(row);
      if (parent >= 0) {
        places[parent] = seenFromBelow(places[parent], tree.span(parent), tree.span(row));
      }
    }
    return List.of(places);
  }

  /** What a child says about its parent: a callee that answers, or the proxy beside it. */
  private static Place seenFromBelow(Place place, Span parent, Span child) {
    boolean calls = parent.kind() == Span.Kind.CLIENT || parent.kind() == Span.Kind.PRODUCER;
    return switch (child.kind()) {
      case SERVER, CONSUMER -> {
        if (calls) {
          yield Place.NETWORK;
        }
        boolean behindProxy = parent.emitter().proxy() && !child.emitter().proxy();
        yield parent.kind() == Span.Kind.SERVER && behindProxy ? Place.SERVER_PROXY : place;
      }
      case CLIENT, PRODUCER ->
          calls
                  && place == Place.REMOTE
                  && child.emitter().proxy()
                  && child.emitter().sameWorkload(parent.emitter())
              ? Place.CLIENT_PROXY
              : place;
      case INTERNAL, UNSPECIFIED -> place;
    };
  }
}
