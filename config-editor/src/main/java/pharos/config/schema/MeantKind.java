package pharos.config.schema;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Kinds;
import pharos.config.resource.ResourceKey.Kind;

/** Which known kind somebody meant who wrote an unknown one. */
public final class MeantKind {
  private static final int FAR = 4;

  private MeantKind() {}

  /**
   * The known kind that is meant, or null when the kind is known or none is near: at most two slips
   * in the group and one in the name, other case not counted, and the plural for the kind. Groups
   * of other projects are left alone.
   */
  public static @Nullable Kind of(Kind written) {
    if (Kinds.facts(written) != null || written.group().contains(".x-k8s.io")) {
      return null;
    }
    @Nullable Kind best = null;
    int bestDistance = FAR;
    for (var known : Kinds.all().entrySet()) {
      int distance =
          group(written.group(), known.getKey().group())
              + name(written.name(), known.getKey().name(), known.getValue().plural());
      if (distance < bestDistance) {
        best = known.getKey();
        bestDistance = distance;
      }
    }
    return best;
  }

  private static int group(String written, String known) {
    String plain = written.toLowerCase(Locale.ROOT);
    if (plain.equals(known)) {
      return 0;
    }
    // A short known group is near too many others.
    if (known.length() < 8 || Math.abs(plain.length() - known.length()) > 2) {
      return FAR;
    }
    int distance = Spelling.distance(plain, known);
    return distance <= 2 ? distance : FAR;
  }

  private static int name(String written, String known, String plural) {
    String plain = written.toLowerCase(Locale.ROOT);
    if (plain.equals(known.toLowerCase(Locale.ROOT)) || plain.equals(plural)) {
      return written.equals(known) ? 0 : 1;
    }
    boolean near = known.length() > 5 && Math.abs(plain.length() - known.length()) <= 1;
    return near && Spelling.distance(plain, known.toLowerCase(Locale.ROOT)) == 1 ? 1 : FAR;
  }
}
