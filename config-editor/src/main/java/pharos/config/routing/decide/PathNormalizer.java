package pharos.config.routing.decide;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import pharos.config.istio.MeshConfig.PathNormalization;

/** Cleans up paths before anything looks at them (R-ENV-30). Queries stay as they are. */
final class PathNormalizer {
  private PathNormalizer() {}

  /** The path with its query, as everything after sees it. */
  static String normalized(String path, PathNormalization how) {
    if (how == PathNormalization.NONE || !suspicious(path)) {
      return path;
    }
    int end = endOfPath(path);
    String clean = path.substring(0, end);
    if (how == PathNormalization.DECODE_AND_MERGE_SLASHES) {
      clean = replaceIgnoringCase(replaceIgnoringCase(clean, "%2F", '/'), "%5C", '\\');
    }
    clean = withoutDots(decoded(clean).replace('\\', '/'));
    if (how != PathNormalization.BASE) {
      clean = mergedSlashes(clean);
    }
    return clean + path.substring(end);
  }

  /** Where the query or the fragment begins. */
  static int endOfPath(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '?' || c == '#') {
        return i;
      }
    }
    return path.length();
  }

  /** Nearly all paths are clean, and looking costs less than rebuilding. */
  private static boolean suspicious(String path) {
    char before = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '?' || c == '#') {
        return false;
      }
      if (c == '%' || c == '\\' || (before == '/' && (c == '.' || c == '/'))) {
        return true;
      }
      before = c;
    }
    return false;
  }

  private static String replaceIgnoringCase(String text, String escape, char with) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.regionMatches(true, i, escape, 0, escape.length())) {
        out.append(with);
        i += escape.length() - 1;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  /** Escapes of unreserved characters are written out; all others stay. */
  private static String decoded(String path) {
    StringBuilder out = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%' && i + 2 < path.length()) {
        int high = Character.digit(path.charAt(i + 1), 16);
        int low = Character.digit(path.charAt(i + 2), 16);
        char plain = (char) (high * 16 + low);
        if (high >= 0 && low >= 0 && unreserved(plain)) {
          out.append(plain);
          i += 2;
          continue;
        }
      }
      out.append(c);
    }
    return out.toString();
  }

  private static boolean unreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static String withoutDots(String path) {
    if (!path.startsWith("/")) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    boolean folder = false; // whether the result ends with a slash
    for (String segment : path.substring(1).split("/", -1)) {
      folder = segment.equals(".") || segment.equals("..");
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    StringBuilder out = new StringBuilder(path.length());
    for (Iterator<String> segments = kept.iterator(); segments.hasNext(); ) {
      out.append('/').append(segments.next());
    }
    return folder || out.isEmpty() ? out.append('/').toString() : out.toString();
  }

  private static String mergedSlashes(String path) {
    StringBuilder out = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '/' || out.isEmpty() || out.charAt(out.length() - 1) != '/') {
        out.append(c);
      }
    }
    return out.toString();
  }
}
