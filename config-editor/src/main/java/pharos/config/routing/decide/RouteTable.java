package pharos.config.routing.decide;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.decide.Conditions.Values;
import pharos.config.routing.effective.RouteEntry;

/** The route entries of a virtual host, ready to be asked (section 8.2). */
final class RouteTable {
  private static final @Nullable String[] NO_VALUES = {};

  private final Conditions[] conditions;
  private final String[] headerNames;
  private final String[] queryNames;
  private final PathIndex index;

  RouteTable(List<RouteEntry> entries, Patterns patterns) {
    List<String> headers = new ArrayList<>();
    List<String> query = new ArrayList<>();
    conditions = new Conditions[entries.size()];
    for (int i = 0; i < conditions.length; i++) {
      conditions[i] = Conditions.of(entries.get(i).match(), patterns, headers, query);
    }
    headerNames = headers.toArray(new String[0]);
    queryNames = query.toArray(new String[0]);
    index = new PathIndex(List.of(conditions).stream().map(Conditions::path).toList());
  }

  /** Number of the first entry whose conditions all hold (R-ENV-10); -1 for none. */
  int find(Facts facts) {
    if (conditions.length == 0) {
      return -1;
    }
    Values values = values(facts);
    String path = facts.pathOnly();
    int best = first(index.exact(path), conditions.length, facts, values, null);
    for (int at = index.longest(path); at >= 0; at = index.shorter(at)) {
      best = first(index.beginning(at), best, facts, values, path);
    }
    best = first(index.others(), best, facts, values, path);
    return best == conditions.length ? -1 : best;
  }

  /**
   * The first of some entries that holds, if it comes before another.
   *
   * @param path null when it is known to hold
   */
  private int first(int[] entries, int best, Facts facts, Values values, @Nullable String path) {
    for (int entry : entries) {
      if (entry >= best) {
        return best;
      }
      Conditions one = conditions[entry];
      if ((path == null || one.path().holds(path)) && one.holdBesidesPath(facts, values)) {
        return entry;
      }
    }
    return best;
  }

  private Values values(Facts facts) {
    @Nullable String[] headers =
        headerNames.length == 0 ? NO_VALUES : new String[headerNames.length];
    for (int i = 0; i < headerNames.length; i++) {
      headers[i] = facts.header(headerNames[i]);
    }
    @Nullable String[] query = queryNames.length == 0 ? NO_VALUES : new String[queryNames.length];
    for (int i = 0; i < queryNames.length; i++) {
      query[i] = facts.query(queryNames[i]);
    }
    return new Values(headers, query);
  }

  PathTest path(int entry) {
    return conditions[entry].path();
  }

  /** What every entry before a number fails, in order; one text per entry. */
  List<String> failures(Facts facts, int before) {
    Values values = values(facts);
    List<String> failures = new ArrayList<>(before);
    for (int i = 0; i < before; i++) {
      failures.add(conditions[i].failures(facts, values));
    }
    return failures;
  }

  /** The conditions of an entry for people. */
  String conditions(int entry) {
    return conditions[entry].wanted();
  }
}
