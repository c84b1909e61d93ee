package pharos.config.routing.reach;

import java.util.ArrayList;
import java.util.List;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.VirtualHost;
import pharos.config.routing.language.Atom;
import pharos.config.routing.language.Answer;
import pharos.config.routing.space.Condition;
import pharos.config.routing.space.Conditions;
import pharos.config.routing.space.Part;
import pharos.config.routing.space.RegionSearch;
import pharos.config.routing.space.Witness;

/** What can reach the entries of a virtual host. Not for several threads at once. */
public final class Reachability {
  private final RegionSearch search;

  /**
   * @param search keeps what it learned; share one among calls
   */
  public Reachability(RegionSearch search) {
    this.search = search;
  }

  /**
   * Whether requests reach an entry.
   *
   * @param index of the entry in its virtual host
   */
  public record EntryReach(RouteEntry entry, int index, Verdict verdict) {}

  /** What is known of an entry. */
  public sealed interface Verdict {}

  /** This request reaches it, for example. */
  public record Reachable(Witness example) implements Verdict {}

  /**
   * No request reaches it.
   *
   * @param hiddenBy indexes of the entries before it that take everything; one when one is enough,
   *     none when the entry's own conditions contradict each other
   */
  public record Unreachable(List<Integer> hiddenBy) implements Verdict {
    public Unreachable {
      hiddenBy = List.copyOf(hiddenBy);
    }
  }

  /** Nobody knows, and why. */
  public record Undecided(String reason) implements Verdict {}

  /**
   * The verdict for every entry of a virtual host, in order.
   *
   * @param https whether requests come over TLS that ends here
   */
  public List<EntryReach> of(RouteConfiguration configuration, VirtualHost host, boolean https) {
    List<Condition> frame = new ArrayList<>();
    frame.add(Condition.is(Part.SCHEME, new Atom.Exact(https ? "https" : "http", false)));
    frame.addAll(hosts(configuration, host).conditions());
    List<List<Condition>> rules =
        host.routes().stream().map(route -> Conditions.of(route.match())).toList();
    List<EntryReach> verdicts = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      verdicts.add(new EntryReach(host.routes().get(i), i, verdict(frame, rules, i)));
    }
    return verdicts;
  }

  private static HostClass hosts(RouteConfiguration configuration, VirtualHost host) {
    List<String> all = new ArrayList<>();
    configuration.virtualHosts().forEach(other -> all.addAll(other.domains()));
    return HostClass.of(host.domains(), all);
  }

  private Verdict verdict(List<Condition> frame, List<List<Condition>> rules, int index) {
    List<Condition> own = new ArrayList<>(frame);
    own.addAll(rules.get(index));
    return switch (search.find(own, rules.subList(0, index))) {
      case Answer.Found<Witness> found -> new Reachable(found.example());
      case Answer.Unknown<Witness> unknown -> new Undecided(unknown.reason());
      case Answer.None<Witness> _ -> new Unreachable(hiding(own, rules, index));
    };
  }

  private List<Integer> hiding(List<Condition> own, List<List<Condition>> rules, int index) {
    List<Integer> touching = new ArrayList<>();
    for (int i = 0; i < index; i++) {
      if (search.find(own, List.of(rules.get(i))) instanceof Answer.None<Witness>) {
        return search.contradictory(own) ? List.of() : List.of(i);
      }
      List<Condition> both = new ArrayList<>(own);
      both.addAll(rules.get(i));
      if (!search.contradictory(both)) {
        touching.add(i);
      }
    }
    return search.contradictory(own) ? List.of() : touching;
  }
}
