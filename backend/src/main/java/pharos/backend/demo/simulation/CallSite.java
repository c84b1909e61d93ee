package pharos.backend.demo.simulation;

import org.jspecify.annotations.Nullable;
import pharos.backend.demo.model.Call;

/** A call as one workload makes it, with the routes that its proxy has worked out so far. */
final class CallSite {
  private final Station station;
  private final Call call;
  private @Nullable Route[] routes = new Route[0];
  private int epoch = -1;

  CallSite(Station station, Call call) {
    this.station = station;
    this.call = call;
  }

  Station station() {
    return station;
  }

  Call call() {
    return call;
  }

  /** The route of a visitor's request for one of the call's paths. */
  Route route(Routes from, int visitor, int path) {
    if (epoch != from.epoch()) {
      routes = new Route[from.visitors() * call.paths().size()];
      epoch = from.epoch();
    }
    int index = visitor * call.paths().size() + path;
    Route route = routes[index];
    if (route == null) {
      route = from.compile(this, visitor, path);
      routes[index] = route;
    }
    return route;
  }
}
