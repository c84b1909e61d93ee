package pharos.config.routing.decide;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.effective.RouteMatch;

/**
 * All conditions of a route entry, ready to be asked. Names of headers and query parameters are
 * numbers here: a table reads each of them once per request, however many entries ask for it.
 */
record Conditions(
    PathTest path, List<OnHeader> headers, List<OnQuery> query, List<OnClaim> claims) {
  Conditions {
    headers = List.copyOf(headers);
    query = List.copyOf(query);
    claims = List.copyOf(claims);
  }

  /** The values that a table's entries ask for, by their numbers; null is absent. */
  static final class Values {
    private final @Nullable String[] headers;
    private final @Nullable String[] query;

    Values(@Nullable String[] headers, @Nullable String[] query) {
      this.headers = headers;
      this.query = query;
    }
  }

  static Conditions of(
      RouteMatch match, Patterns patterns, List<String> headerNames, List<String> queryNames) {
    List<OnHeader> headers = new ArrayList<>();
    for (RouteMatch.HeaderMatch header : match.headers()) {
      headers.add(
          new OnHeader(
              header.name(),
              number(header.name(), headerNames),
              ValueTest.of(header.value(), patterns),
              header.invert(),
              // Presence is never asked of an empty text.
              header.missingAsEmpty() && !(header.value() instanceof RouteMatch.Present)));
    }
    List<OnQuery> query = new ArrayList<>();
    for (RouteMatch.QueryMatch one : match.query()) {
      query.add(
          new OnQuery(
              one.name(), number(one.name(), queryNames), ValueTest.of(one.value(), patterns)));
    }
    List<OnClaim> claims = new ArrayList<>();
    for (RouteMatch.ClaimMatch claim : match.claims()) {
      claims.add(
          new OnClaim(
              String.join(".", claim.claim()),
              ValueTest.of(claim.value(), patterns),
              claim.invert()));
    }
    return new Conditions(PathTest.of(match.path(), patterns), headers, query, claims);
  }

  private static int number(String name, List<String> names) {
    int known = names.indexOf(name);
    if (known < 0) {
      names.add(name);
      return names.size() - 1;
    }
    return known;
  }

  /** All hold (R-HTTP-3), the path set aside. */
  boolean holdBesidesPath(Facts facts, Values values) {
    // By index: no iterators where a thousand entries are asked.
    for (int i = 0; i < headers.size(); i++) {
      OnHeader header = headers.get(i);
      if (!header.holds(values.headers[header.number])) {
        return false;
      }
    }
    for (int i = 0; i < query.size(); i++) {
      OnQuery one = query.get(i);
      String value = values.query[one.number];
      if (value == null || !one.test.holds(value)) {
        return false;
      }
    }
    for (int i = 0; i < claims.size(); i++) {
      if (!claims.get(i).holds(facts)) {
        return false;
      }
    }
    return true;
  }

  /** What of them a request fails, for people; empty when it fails nothing. */
  String failures(Facts facts, Values values) {
    List<String> failures = new ArrayList<>();
    if (!path.holds(facts.pathOnly())) {
      failures.add("path: %s wanted, got \"%s\"".formatted(path.wanted(), facts.pathOnly()));
    }
    for (OnHeader header : headers) {
      String value = values.headers[header.number];
      if (!header.holds(value)) {
        failures.add("%s: %s wanted, %s".formatted(header.subject(), header.wanted(), got(value)));
      }
    }
    for (OnQuery one : query) {
      String value = values.query[one.number];
      if (value == null || !one.test.holds(value)) {
        failures.add(
            "query parameter %s: %s wanted, %s".formatted(one.name, one.test.wanted(), got(value)));
      }
    }
    for (OnClaim claim : claims) {
      if (!claim.holds(facts)) {
        List<String> got = facts.request().claims().getOrDefault(claim.path, List.of());
        failures.add(
            "claim %s: %s%s wanted, got %s"
                .formatted(
                    claim.path,
                    claim.invert ? "not " : "",
                    claim.test.wanted(),
                    got.isEmpty() ? "none (it takes a validated token)" : got));
      }
    }
    return String.join("; ", failures);
  }

  /** All of them for people. */
  String wanted() {
    List<String> all = new ArrayList<>();
    all.add("path: " + path.wanted());
    headers.forEach(header -> all.add(header.subject() + ": " + header.wanted()));
    query.forEach(one -> all.add("query parameter " + one.name + ": " + one.test.wanted()));
    claims.forEach(claim ->
        all.add("claim " + claim.path + ": " + (claim.invert ? "not " : "") + claim.test.wanted()));
    return "matches " + String.join("; ", all);
  }

  private static String got(@Nullable String value) {
    return value == null ? "the request has none" : "got \"" + value + "\"";
  }

  /** R-ENV-15. */
  record OnHeader(String name, int number, ValueTest test, boolean invert, boolean missingAsEmpty) {
    boolean holds(@Nullable String value) {
      String compared = value == null && missingAsEmpty ? "" : value;
      return (compared != null && test.holds(compared)) != invert;
    }

    String subject() {
      return name.startsWith(":") ? name.substring(1) : "header " + name;
    }

    String wanted() {
      if (!invert) {
        return test.wanted();
      }
      if (test instanceof ValueTest.Any) {
        return "no value";
      }
      // R-HTTP-17
      return "not "
          + test.wanted()
          + (missingAsEmpty && test.holds("") ? " (an absent header counts as empty)" : "");
    }
  }

  record OnQuery(String name, int number, ValueTest test) {}

  /** R-HTTP-19: one of the values, and none without a token. */
  record OnClaim(String path, ValueTest test, boolean invert) {
    boolean holds(Facts facts) {
      boolean found = false;
      for (String value : facts.request().claims().getOrDefault(path, List.of())) {
        found |= test.holds(value);
      }
      return found != invert;
    }
  }
}
