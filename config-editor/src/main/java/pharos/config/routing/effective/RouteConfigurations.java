package pharos.config.routing.effective;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The route configurations of a proxy. May make one when it is first asked for; equal calls, equal
 * answers.
 */
public interface RouteConfigurations {
  /** The route configuration of a name, or null when no listener has one of that name. */
  @Nullable RouteConfiguration find(String name);

  /** Names of all, sorted. */
  List<String> names();

  /** These, which exist already. */
  static RouteConfigurations of(Collection<RouteConfiguration> configurations) {
    Map<String, RouteConfiguration> byName = new TreeMap<>();
    configurations.forEach(configuration -> byName.put(configuration.name(), configuration));
    return new RouteConfigurations() {
      @Override
      public @Nullable RouteConfiguration find(String name) {
        return byName.get(name);
      }

      @Override
      public List<String> names() {
        return List.copyOf(byName.keySet());
      }
    };
  }
}
