package pharos.config.routing.decide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which entries of a table a path may meet, without asking all of them. Every list of candidates
 * keeps the order of the table, so the first match over all lists is the first match of the table
 * (R-ENV-10).
 *
 * <p>Prefixes are kept sorted, each with the longest other one that it begins with. The longest
 * prefix of a path is its floor in that order or one that the floor begins with; from there the
 * links lead through all prefixes of the path.
 */
final class PathIndex {
  private static final int[] NONE = {};

  private final Map<String, int[]> exact = new HashMap<>();
  private final String[] prefixes;
  private final int[] parents;
  private final int[][] byPrefix;
  private final int[] others;

  PathIndex(List<PathTest> paths) {
    Map<String, List<Integer>> exactly = new HashMap<>();
    TreeMap<String, List<Integer>> beginning = new TreeMap<>();
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      switch (paths.get(i)) {
        case PathTest.Equal(String text, boolean ignoreCase) when !ignoreCase ->
            exactly.computeIfAbsent(text, _ -> new ArrayList<>()).add(i);
        case PathTest.Beginning(String text, boolean ignoreCase) when !ignoreCase ->
            beginning.computeIfAbsent(text, _ -> new ArrayList<>()).add(i);
        // Whether a segment ends where the prefix does is asked of the entry itself.
        case PathTest.Under(String text, boolean ignoreCase) when !ignoreCase ->
            beginning.computeIfAbsent(text, _ -> new ArrayList<>()).add(i);
        case PathTest.Equal _, PathTest.Beginning _, PathTest.Under _, PathTest.Matching _ ->
            rest.add(i);
      }
    }
    exactly.forEach((text, entries) -> exact.put(text, array(entries)));
    prefixes = beginning.keySet().toArray(new String[0]);
    byPrefix = beginning.values().stream().map(PathIndex::array).toArray(int[][]::new);
    parents = new int[prefixes.length];
    for (int i = 0; i < prefixes.length; i++) {
      int parent = i - 1;
      while (parent >= 0 && !prefixes[i].startsWith(prefixes[parent])) {
        parent = parents[parent];
      }
      parents[i] = parent;
    }
    others = array(rest);
  }

  private static int[] array(List<Integer> entries) {
    return entries.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Entries with exactly this path; their path condition holds. */
  int[] exact(String path) {
    return exact.getOrDefault(path, NONE);
  }

  /** Entries whose path condition is neither a plain text nor a plain prefix. */
  int[] others() {
    return others;
  }

  /** Number of the longest prefix of a path, or -1. */
  int longest(String path) {
    int low = 0;
    int high = prefixes.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (prefixes[middle].compareTo(path) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    while (high >= 0 && !path.startsWith(prefixes[high])) {
      high = parents[high];
    }
    return high;
  }

  /** Number of the longest prefix that the one of a number begins with, or -1. */
  int shorter(int number) {
    return parents[number];
  }

  /** Entries of the prefix of a number. */
  int[] beginning(int number) {
    return byPrefix[number];
  }
}
