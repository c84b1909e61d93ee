package pharos.config.routing.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/** How old objects are that do not exist yet (R-ORD-5). */
final class ProposedAges {
  /** Later than anything that exists. */
  private static final String NEWEST = "9999-12-31T23:59:59Z";

  private static final String METADATA = "metadata";
  private static final String CREATED = "creationTimestamp";

  private ProposedAges() {}

  /** The edited snapshot in which what was edited keeps its age and what is new is the newest. */
  static Snapshot dated(Snapshot edited, Snapshot before) {
    List<Resource> dated = new ArrayList<>();
    for (ResourceKey.Kind kind : edited.kindsThatDiffer(before)) {
      for (Resource put : edited.changesOf(kind, before).put()) {
        if (put.creationTimestamp().isEmpty()) {
          Resource old = before.get(put.key());
          String created = old == null ? NEWEST : old.creationTimestamp();
          if (!created.isEmpty()) {
            dated.add(withCreated(put, created));
          }
        }
      }
    }
    return dated.isEmpty() ? edited : edited.overlay(dated, Set.of());
  }

  private static Resource withCreated(Resource resource, String created) {
    Node.Mapping root = resource.root();
    Node metadata = root.value(METADATA);
    Node.Mapping known =
        metadata instanceof Node.Mapping mapping
            ? mapping
            : new Node.Mapping(Map.of(), root.start(), root.start());
    Node time = new Node.Scalar(created, created, true, known.start(), known.start());
    return new Resource(
        resource.key(),
        resource.apiVersion(),
        with(root, METADATA, with(known, CREATED, time)),
        resource.source());
  }

  /** The place of what nobody wrote is that of the object it stands in. */
  private static Node.Mapping with(Node.Mapping mapping, String key, Node value) {
    Map<String, Node.Mapping.Entry> entries = new LinkedHashMap<>(mapping.entries());
    Node.Mapping.@Nullable Entry old = entries.get(key);
    entries.put(
        key,
        old == null
            ? new Node.Mapping.Entry(key, mapping.start(), mapping.start(), value)
            : new Node.Mapping.Entry(key, old.keyStart(), old.keyEnd(), value));
    return new Node.Mapping(entries, mapping.start(), mapping.end());
  }
}
