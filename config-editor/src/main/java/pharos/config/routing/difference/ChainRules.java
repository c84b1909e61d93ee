package pharos.config.routing.difference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.language.Atom;
import pharos.config.routing.space.Condition;
import pharos.config.routing.space.Part;

/**
 * The filter chains of a listener as an ordered list. Envoy picks by destination, then server name,
 * then protocol, most specific first, and never tracks back (R-ENV-40): in the list, each group of
 * equal destinations, and in it each group of equal server names, ends with a rule for what no
 * chain of the group takes.
 */
final class ChainRules {
  /** The protocols of a connection, as values of {@link Part.Kind#PROTOCOL}. */
  static final String HTTP = "http";

  static final String TLS = "tls";
  static final String ISTIO = "istio-mtls";
  static final String OTHER = "tcp";

  private final List<String> examples;
  private final Function<Listener.Chain, Behaviour> behaviour;
  private final Behaviour otherwise;
  private final List<RuleList.Rule> rules = new ArrayList<>();

  private ChainRules(
      List<String> examples, Function<Listener.Chain, Behaviour> behaviour, Behaviour otherwise) {
    this.examples = examples;
    this.behaviour = behaviour;
    this.otherwise = otherwise;
  }

  private record Single(String destination, String serverName, Listener.Chain chain) {}

  /**
   * The rules of a listener.
   *
   * @param listener null: nothing listens
   * @param examples addresses that stand for all others (see {@link #examples})
   * @param behaviour of a chain
   */
  static RuleList of(
      @Nullable Listener listener,
      List<String> examples,
      Function<Listener.Chain, Behaviour> behaviour) {
    if (listener == null) {
      return new RuleList(
          List.of(new RuleList.Rule(List.of(), new Behaviour.Closed("nothing listens"))));
    }
    Listener.Chain fallback = listener.fallback();
    ChainRules made =
        new ChainRules(
            examples,
            behaviour,
            fallback == null
                ? new Behaviour.Closed("no filter chain matches")
                : behaviour.apply(fallback));
    List<Single> singles = new ArrayList<>();
    for (Listener.Chain chain : listener.chains()) {
      for (String destination : orAny(chain.match().destinations())) {
        for (String name : orAny(chain.match().serverNames())) {
          singles.add(new Single(destination, name, chain));
        }
      }
    }
    made.byDestination(singles);
    made.rules.add(new RuleList.Rule(List.of(), made.otherwise));
    return new RuleList(made.rules);
  }

  private static List<String> orAny(List<String> values) {
    return values.isEmpty() ? List.of("") : values;
  }

  private void byDestination(List<Single> singles) {
    singles.stream()
        .map(Single::destination)
        .distinct()
        .sorted(Comparator.comparingInt((String cidr) -> -Addresses.prefixLength(cidr)))
        .forEach(destination -> {
          List<Condition> conditions = new ArrayList<>();
          if (!destination.isEmpty()) {
            conditions.add(Condition.is(Part.DESTINATION, inside(destination)));
          }
          byServerName(
              singles.stream().filter(s -> s.destination.equals(destination)).toList(), conditions);
          if (!conditions.isEmpty()) {
            rules.add(new RuleList.Rule(conditions, otherwise));
          }
        });
  }

  private void byServerName(List<Single> group, List<Condition> destination) {
    Comparator<String> specific =
        Comparator.comparingInt((String name) -> name.isEmpty() ? 2 : name.startsWith("*") ? 1 : 0)
            .thenComparingInt(name -> -name.length());
    group.stream()
        .map(Single::serverName)
        .distinct()
        .sorted(specific)
        .forEach(name -> {
          List<Condition> conditions = new ArrayList<>(destination);
          if (!name.isEmpty() && !name.equals("*")) {
            conditions.add(Condition.is(Part.SERVER_NAME, serverName(name)));
          }
          byProtocol(group.stream().filter(s -> s.serverName.equals(name)).toList(), conditions);
          if (conditions.size() > destination.size()) {
            rules.add(new RuleList.Rule(conditions, otherwise));
          }
        });
  }

  private void byProtocol(List<Single> group, List<Condition> before) {
    group.stream()
        .sorted(Comparator.comparing((Single s) -> s.chain.match().protocol()).reversed())
        .forEach(single -> {
          List<Condition> conditions = new ArrayList<>(before);
          Atom protocol =
              switch (single.chain.match().protocol()) {
                case ANY -> null;
                case PLAINTEXT_HTTP -> new Atom.Exact(HTTP, false);
                case TLS -> new Atom.Regex(TLS + "|" + ISTIO);
                case ISTIO_MTLS -> new Atom.Exact(ISTIO, false);
              };
          if (protocol != null) {
            conditions.add(Condition.is(Part.PROTOCOL, protocol));
          }
          rules.add(new RuleList.Rule(conditions, behaviour.apply(single.chain)));
        });
  }

  private static Atom serverName(String name) {
    return name.startsWith("*")
        ? new Atom.Regex(".+" + name.substring(1).replace(".", "\\."))
        : new Atom.Exact(name, false);
  }

  private Atom inside(String cidr) {
    return oneOf(examples.stream().filter(address -> Addresses.contains(cidr, address)).toList());
  }

  private static Atom oneOf(List<String> texts) {
    return new Atom.Regex(
        texts.stream().map(text -> text.replace(".", "\\.")).collect(Collectors.joining("|")));
  }

  /** Addresses of which every other address is treated like one by these listeners. */
  static List<String> examples(@Nullable Listener... listeners) {
    Set<String> cidrs = new TreeSet<>();
    for (Listener listener : listeners) {
      if (listener != null) {
        listener.chains().forEach(chain -> cidrs.addAll(chain.match().destinations()));
      }
    }
    return Addresses.examples(cidrs);
  }

  /** What every connection is like. */
  static List<Condition> frame(List<String> examples) {
    return List.of(
        Condition.is(Part.DESTINATION, oneOf(examples)),
        Condition.is(Part.PROTOCOL, oneOf(List.of(HTTP, TLS, ISTIO, OTHER))));
  }
}
