package pharos.backend.check;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import pharos.config.resource.Refusal;
import pharos.config.resource.Resource;

/**
 * What files, folders and standard input held.
 *
 * @param refusals documents that cannot be read
 * @param unreadable files that cannot be opened, each with the reason
 * @param skipped files of folders that hold no Kubernetes object and are left alone
 * @param files how many were read
 * @param texts what cannot be read a second time, by name: standard input
 */
public record Manifests(
    List<Resource> resources,
    List<Refusal> refusals,
    List<String> unreadable,
    List<String> skipped,
    int files,
    Map<String, String> texts) {
  public Manifests {
    resources = List.copyOf(resources);
    refusals = List.copyOf(refusals);
    unreadable = List.copyOf(unreadable);
    skipped = List.copyOf(skipped);
    texts = Map.copyOf(texts);
  }

  /** Everything that could not be read, as one line each. */
  public List<String> problems() {
    return Stream.concat(
            unreadable.stream().map(text -> "cannot read " + text),
            refusals.stream().map(Refusal::toString))
        .toList();
  }
}
