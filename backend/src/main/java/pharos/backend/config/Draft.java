package pharos.backend.config;

import java.util.List;
import java.util.Set;
import pharos.config.resource.Refusal;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/**
 * Proposed objects, as they were read.
 *
 * @param put what would be created or replaced, in the order of the text
 * @param removed what would be deleted
 * @param refusals what of the text could not be read; the rest counts
 */
public record Draft(List<Resource> put, Set<ResourceKey> removed, List<Refusal> refusals) {
  public Draft {
    put = List.copyOf(put);
    removed = Set.copyOf(removed);
    refusals = List.copyOf(refusals);
  }
}
