package pharos.config.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/**
 * What a change does to the findings of a mesh.
 *
 * <p>A finding stays the same when its code, object, path and message do, whatever line it moves
 * to. What is left then stays the same too when only the positions in its path differ: a route put
 * in front of the others does not make their findings new.
 *
 * @param introduced only afterwards
 * @param resolved only before
 * @param unchanged both, as they are afterwards
 */
public record FindingsDelta(
    List<Finding> introduced, List<Finding> resolved, List<Finding> unchanged) {
  public FindingsDelta {
    introduced = List.copyOf(introduced);
    resolved = List.copyOf(resolved);
    unchanged = List.copyOf(unchanged);
  }

  /** The difference between the findings before a change and after it; each keeps its order. */
  public static FindingsDelta between(List<Finding> before, List<Finding> after) {
    boolean[] stays = new boolean[after.size()];
    List<Finding> left = match(before, after, stays, FindingsDelta::identity);
    left = match(left, after, stays, FindingsDelta::shape);
    List<Finding> introduced = new ArrayList<>();
    List<Finding> unchanged = new ArrayList<>();
    for (int i = 0; i < stays.length; i++) {
      (stays[i] ? unchanged : introduced).add(after.get(i));
    }
    return new FindingsDelta(introduced, left, unchanged);
  }

  /** Pairs findings one to one; returns those of before that have no partner. */
  private static List<Finding> match(
      List<Finding> before,
      List<Finding> after,
      boolean[] stays,
      Function<Finding, Identity> identity) {
    Map<Identity, Deque<Integer>> waiting = new HashMap<>();
    for (int i = 0; i < before.size(); i++) {
      waiting.computeIfAbsent(identity.apply(before.get(i)), _ -> new ArrayDeque<>()).add(i);
    }
    boolean[] paired = new boolean[before.size()];
    for (int i = 0; i < after.size(); i++) {
      if (!stays[i]) {
        Deque<Integer> partners = waiting.get(identity.apply(after.get(i)));
        Integer partner = partners == null ? null : partners.poll();
        if (partner != null) {
          stays[i] = true;
          paired[partner] = true;
        }
      }
    }
    List<Finding> left = new ArrayList<>();
    for (int i = 0; i < paired.length; i++) {
      if (!paired[i]) {
        left.add(before.get(i));
      }
    }
    return left;
  }

  /** What makes a finding one and the same. */
  record Identity(String code, @Nullable ResourceKey object, String path, String message) {}

  static Identity identity(Finding finding) {
    return new Identity(
        finding.type().code(), key(finding), finding.path().toString(), finding.message());
  }

  private static Identity shape(Finding finding) {
    StringBuilder path = new StringBuilder();
    for (Path.Step step : finding.path().steps()) {
      path.append(step instanceof Path.Key key ? "." + key.name() : "[]");
    }
    return new Identity(finding.type().code(), key(finding), path.toString(), finding.message());
  }

  private static @Nullable ResourceKey key(Finding finding) {
    Resource resource = finding.resource();
    return resource == null ? null : resource.key();
  }
}
