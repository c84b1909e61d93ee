package pharos.config.routing.difference;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pharos.config.routing.language.Answer;
import pharos.config.routing.space.Condition;
import pharos.config.routing.space.RegionSearch;
import pharos.config.routing.space.Witness;

/**
 * Rules in order, of which the first that matches decides, and what happens when none does. Every
 * way a proxy chooses (chains, routes) is brought into this form to be compared.
 *
 * @param rules the last one matches everything
 */
record RuleList(List<Rule> rules) {
  RuleList {
    rules = List.copyOf(rules);
  }

  /** Conditions that must all hold, and what happens then. */
  record Rule(List<Condition> conditions, Behaviour behaviour) {
    Rule {
      conditions = List.copyOf(conditions);
    }
  }

  /** A pair of rules that some requests meet first in the two lists. */
  record Pair(Rule before, Rule after, Answer<Witness> witness) {}

  /**
   * The pairs of rules with different behaviour that some request, or perhaps some request, meets.
   *
   * @param frame conditions that all requests meet
   */
  static List<Pair> differing(
      RuleList before, RuleList after, List<Condition> frame, RegionSearch search) {
    return pairs(before, after, frame, search, true);
  }

  /** All pairs that some request meets. */
  static List<Pair> meeting(
      RuleList before, RuleList after, List<Condition> frame, RegionSearch search) {
    return pairs(before, after, frame, search, false);
  }

  private static List<Pair> pairs(
      RuleList before,
      RuleList after,
      List<Condition> frame,
      RegionSearch search,
      boolean differingOnly) {
    int same = differingOnly ? commonPrefix(before, after) : 0;
    int tail = differingOnly ? commonSuffix(before, after, same) : 0;
    List<Pair> pairs = new ArrayList<>();
    for (int i = same; i < before.rules.size(); i++) {
      Rule a = before.rules.get(i);
      for (int j = same; j < after.rules.size(); j++) {
        Rule b = after.rules.get(j);
        // Of two equal tails, a request that meets one at some rule meets the other there or
        // earlier.
        boolean bothInTail = i >= before.rules.size() - tail && j >= after.rules.size() - tail;
        if (bothInTail
            || (differingOnly && Behaviour.differences(a.behaviour, b.behaviour).isEmpty())) {
          continue;
        }
        List<Condition> must = new ArrayList<>(frame);
        must.addAll(a.conditions);
        must.addAll(b.conditions);
        if (search.contradictory(must)) {
          continue;
        }
        Set<List<Condition>> mustNot = new LinkedHashSet<>();
        before.rules.subList(0, i).forEach(rule -> mustNot.add(rule.conditions));
        after.rules.subList(0, j).forEach(rule -> mustNot.add(rule.conditions));
        Answer<Witness> witness = search.find(must, List.copyOf(mustNot));
        if (!(witness instanceof Answer.None<Witness>)) {
          pairs.add(new Pair(a, b, witness));
        }
      }
    }
    return pairs;
  }

  private static int commonPrefix(RuleList before, RuleList after) {
    int most = Math.min(before.rules.size(), after.rules.size());
    int same = 0;
    while (same < most && alike(before.rules.get(same), after.rules.get(same))) {
      same++;
    }
    return same;
  }

  private static int commonSuffix(RuleList before, RuleList after, int prefix) {
    int most = Math.min(before.rules.size(), after.rules.size()) - prefix;
    int same = 0;
    while (same < most
        && alike(
            before.rules.get(before.rules.size() - 1 - same),
            after.rules.get(after.rules.size() - 1 - same))) {
      same++;
    }
    return same;
  }

  private static boolean alike(Rule a, Rule b) {
    return a.conditions.equals(b.conditions)
        && Behaviour.differences(a.behaviour, b.behaviour).isEmpty();
  }
}
