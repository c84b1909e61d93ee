package pharos.config.routing.decide;

import com.google.re2j.Pattern;
import pharos.config.routing.effective.RouteMatch.Present;
import pharos.config.routing.effective.RouteMatch.ValueExact;
import pharos.config.routing.effective.RouteMatch.ValueMatch;
import pharos.config.routing.effective.RouteMatch.ValuePrefix;
import pharos.config.routing.effective.RouteMatch.ValueRegex;

/** A condition on a value, ready to be asked (R-HTTP-14, always case sensitive). */
sealed interface ValueTest {
  boolean holds(String value);

  /** The condition as people read it. */
  String wanted();

  static ValueTest of(ValueMatch match, Patterns patterns) {
    return switch (match) {
      case Present _ -> new Any();
      case ValueExact exact -> new Equal(exact.value());
      case ValuePrefix prefix -> new Beginning(prefix.value());
      case ValueRegex regex when regex.value().equals(".*") -> new OneLine(regex.value());
      case ValueRegex regex -> new Matching(regex.value(), patterns.get(regex.value()));
    };
  }

  /** Whatever it is. */
  record Any() implements ValueTest {
    @Override
    public boolean holds(String value) {
      return true;
    }

    @Override
    public String wanted() {
      return "any value";
    }
  }

  record Equal(String text) implements ValueTest {
    @Override
    public boolean holds(String value) {
      return value.equals(text);
    }

    @Override
    public String wanted() {
      return "exact \"" + text + "\"";
    }
  }

  record Beginning(String text) implements ValueTest {
    @Override
    public boolean holds(String value) {
      return value.startsWith(text);
    }

    @Override
    public String wanted() {
      return "prefix \"" + text + "\"";
    }
  }

  /** {@code .*}: everything without a line break. */
  record OneLine(String text) implements ValueTest {
    @Override
    public boolean holds(String value) {
      return value.indexOf('\n') < 0;
    }

    @Override
    public String wanted() {
      return "regex \"" + text + "\"";
    }
  }

  /** R-ENV-14: the whole value. */
  record Matching(String text, Pattern pattern) implements ValueTest {
    @Override
    public boolean holds(String value) {
      return pattern.matches(value);
    }

    @Override
    public String wanted() {
      return "regex \"" + text + "\"";
    }
  }
}
