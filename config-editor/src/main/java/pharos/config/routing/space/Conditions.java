package pharos.config.routing.space;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.effective.RouteMatch;
import pharos.config.routing.language.Atom;

/** The conditions of route entries, as conditions on parts of a request. */
public final class Conditions {
  private Conditions() {}

  /** All conditions of a match; empty when it matches everything. */
  public static List<Condition> of(RouteMatch match) {
    List<Condition> conditions = new ArrayList<>();
    Atom path = path(match.path());
    if (path != null) {
      conditions.add(Condition.is(Part.PATH, path));
    }
    for (RouteMatch.HeaderMatch header : match.headers()) {
      // R-ENV-15: absent fails, unless it counts as empty; the inversion comes after that.
      Atom value = value(header.value());
      boolean absent = header.missingAsEmpty() && value != null && acceptsEmpty(header.value());
      Condition condition = new Condition(Part.header(header.name()), absent, value, true);
      conditions.add(header.invert() ? condition.not() : condition);
    }
    for (RouteMatch.QueryMatch query : match.query()) {
      conditions.add(
          new Condition(
              new Part(Part.Kind.QUERY, query.name()), false, value(query.value()), true));
    }
    for (RouteMatch.ClaimMatch claim : match.claims()) {
      Condition condition =
          new Condition(
              new Part(Part.Kind.CLAIM, String.join(".", claim.claim())),
              false,
              value(claim.value()),
              true);
      conditions.add(claim.invert() ? condition.not() : condition);
    }
    return conditions;
  }

  /** Null for a condition that every path meets. */
  private static @Nullable Atom path(RouteMatch.PathMatch path) {
    return switch (path) {
      case RouteMatch.Exact exact -> new Atom.Exact(exact.value(), exact.ignoreCase());
      case RouteMatch.Prefix prefix ->
          prefix.value().isEmpty() || prefix.value().equals("/")
              ? null
              : new Atom.Prefix(prefix.value(), prefix.ignoreCase());
      case RouteMatch.PathSeparatedPrefix prefix ->
          new Atom.SegmentPrefix(prefix.value(), prefix.ignoreCase());
      case RouteMatch.Regex regex ->
          regex.value().equals(".*") ? null : new Atom.Regex(regex.value());
    };
  }

  /** Null for "present". */
  private static @Nullable Atom value(RouteMatch.ValueMatch value) {
    return switch (value) {
      case RouteMatch.Present _ -> null;
      case RouteMatch.ValueExact exact -> new Atom.Exact(exact.value(), false);
      case RouteMatch.ValuePrefix prefix -> new Atom.Prefix(prefix.value(), false);
      case RouteMatch.ValueRegex regex -> new Atom.Regex(regex.value());
    };
  }

  private static boolean acceptsEmpty(RouteMatch.ValueMatch value) {
    return switch (value) {
      case RouteMatch.Present _ -> true;
      case RouteMatch.ValueExact exact -> exact.value().isEmpty();
      case RouteMatch.ValuePrefix prefix -> prefix.value().isEmpty();
      case RouteMatch.ValueRegex regex -> Regexes.matchesEmpty(regex.value());
    };
  }
}
