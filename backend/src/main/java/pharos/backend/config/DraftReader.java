package pharos.backend.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.check.Inputs;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Refusal;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/** Reads what somebody proposes. */
public final class DraftReader {
  /** A draft is typed by a person: 1 MiB, 200 objects. */
  public static final Limits LIMITS = new Limits(1 << 20, 100, 100_000, 200);

  /** The name that positions in a draft's text carry. */
  public static final String FILE = "draft";

  private DraftReader() {}

  /**
   * Reads YAML or JSON texts.
   *
   * @param texts by the name that places in them carry
   * @param namespace of documents that name none
   */
  public static Draft read(Map<String, String> texts, String namespace, Set<ResourceKey> removed) {
    List<Resource> put = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    Set<ResourceKey> seen = new HashSet<>();
    texts.forEach((file, text) -> {
      DocumentReader.Reading reading = new DocumentReader(LIMITS).read(file, text);
      refusals.addAll(reading.refusals());
      for (Resource document : reading.resources()) {
        Resource resource = Inputs.settled(document, new Inputs.Options(namespace, true, true));
        String problem = problem(resource, seen);
        if (problem == null) {
          put.add(resource);
        } else {
          refusals.add(new Refusal(file, document.root().start(), problem));
        }
      }
    });
    return new Draft(put, removed, refusals);
  }

  private static @Nullable String problem(Resource resource, Set<ResourceKey> seen) {
    if (resource.key().name().isEmpty()) {
      return "an object needs a metadata.name";
    }
    return seen.add(resource.key())
        ? null
        : resource.key().origin() + " stands in the text a second time";
  }
}
