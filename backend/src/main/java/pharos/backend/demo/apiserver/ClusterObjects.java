package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster holds, with one revision for all of it and a bounded history. This is also the
 * in-process door: a simulation puts its pods here and hears of every edit. Thread-safe. Nodes that
 * come out are shared: read them, never write to them.
 */
public final class ClusterObjects {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HISTORY = 5_000;

  private final Clock clock;
  private final int historyLimit;
  private final Map<ResourceType, NavigableMap<String, ObjectNode>> objects = new HashMap<>();
  private final ArrayDeque<Change> history = new ArrayDeque<>();
  private final CopyOnWriteArrayList<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private long revision = 1;
  private long oldest = 1; // a watch from here or later can be served

  public ClusterObjects(Clock clock) {
    this(clock, HISTORY);
  }

  /**
   * @param historyLimit changes kept for watches that resume; older ones get 410
   */
  public ClusterObjects(Clock clock, int historyLimit) {
    this.clock = clock;
    this.historyLimit = historyLimit;
  }

  /**
   * Creates or replaces, status included, as the cluster's own controllers would: no admission, no
   * access control, no version check. The namespace is created if it is missing. An equal object
   * changes nothing.
   *
   * @param manifest with {@code apiVersion}, {@code kind} and {@code metadata.name}; copied
   * @throws IllegalArgumentException if the kind is not served or the name is missing
   */
  public synchronized ObjectNode put(ObjectNode manifest) {
    ResourceType type = typeOf(manifest);
    ObjectNode body = parse(manifest.toString()); // a copy whose numbers compare as parsed ones
    ObjectNode metadata = Manifests.metadata(body);
    String name = metadata.path("name").asText();
    if (name.isEmpty()) {
      throw new IllegalArgumentException(type.kind() + ": metadata.name is missing");
    }
    String namespace = "";
    if (type.namespaced()) {
      namespace = metadata.path("namespace").asText("default");
      metadata.put("namespace", namespace);
      ensureNamespace(namespace);
    } else {
      metadata.remove("namespace");
    }
    ObjectNode before = find(type, namespace, name);
    if (before == null) {
      stampNew(body);
    } else {
      Manifests.keepIdentity(before, body);
    }
    return commit(type, namespace, name, body);
  }

  /** Removes one object at once, finalizers or not; false if there is none. */
  public synchronized boolean delete(
      String apiVersion, String kind, String namespace, String name) {
    ResourceType type = typeOf(apiVersion, kind);
    return remove(type, type.namespaced() ? namespace : "", name) != null;
  }

  /** One object in its kind's preferred version. */
  public synchronized Optional<ObjectNode> get(
      String apiVersion, String kind, String namespace, String name) {
    ResourceType type = typeOf(apiVersion, kind);
    return Optional.ofNullable(find(type, type.namespaced() ? namespace : "", name));
  }

  /** All objects of a kind in all namespaces, in order of namespace and name. */
  public synchronized List<ObjectNode> list(String apiVersion, String kind) {
    return List.copyOf(map(typeOf(apiVersion, kind)).values());
  }

  /** All objects of all kinds. */
  public synchronized List<ObjectNode> all() {
    return ResourceTypes.ALL.stream().flatMap(type -> map(type).values().stream()).toList();
  }

  /** The revision of the newest change. */
  public synchronized long revision() {
    return revision;
  }

  /**
   * Hears of each change after it is committed, in order and one at a time. The listener runs while
   * the store is locked: it hands on and returns.
   *
   * @return ends the subscription
   */
  public Runnable subscribe(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Everything as one JSON document, to be given to {@link #restore} later. */
  public synchronized String snapshot() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "List").put("apiVersion", "v1");
    document.putObject("metadata").put("resourceVersion", Long.toString(revision));
    ArrayNode items = document.putArray("items");
    all().forEach(items::add);
    return document.toString();
  }

  /**
   * Replaces everything by a snapshot. Revisions go on from the higher of the two, and watches that
   * were open before get 410, so no client mistakes old for new.
   *
   * @throws IllegalArgumentException if it is not a snapshot; nothing has changed then
   */
  public synchronized void restore(String snapshot) {
    ObjectNode document = parse(snapshot);
    List<ObjectNode> items = new ArrayList<>();
    for (JsonNode item : document.path("items")) {
      typeOf((ObjectNode) item);
      items.add((ObjectNode) item);
    }
    for (ResourceType type : ResourceTypes.ALL) {
      for (String key : List.copyOf(map(type).keySet())) {
        remove(type, key.substring(0, key.indexOf('/')), key.substring(key.indexOf('/') + 1));
      }
    }
    revision = Math.max(revision, document.path("metadata").path("resourceVersion").asLong());
    for (ObjectNode item : items) {
      put(item);
    }
    compact();
  }

  // What follows is for the HTTP side. Callers hold the lock over a read and the commit that
  // depends on it.

  synchronized @Nullable ObjectNode find(ResourceType type, String namespace, String name) {
    return map(type).get(namespace + "/" + name);
  }

  /** Stores and tells; returns what is stored, the old object if nothing differs. */
  synchronized ObjectNode commit(
      ResourceType type, String namespace, String name, ObjectNode body) {
    ObjectNode before = find(type, namespace, name);
    body.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    if (before != null && Manifests.sameContent(before, body)) {
      return before;
    }
    revision++;
    Manifests.metadata(body).put("resourceVersion", Long.toString(revision));
    map(type).put(namespace + "/" + name, body);
    tell(
        new Change(
            before == null ? Change.Kind.ADDED : Change.Kind.MODIFIED,
            type,
            namespace,
            name,
            body,
            before,
            revision));
    return body;
  }

  synchronized @Nullable ObjectNode remove(ResourceType type, String namespace, String name) {
    ObjectNode before = map(type).remove(namespace + "/" + name);
    if (before == null) {
      return null;
    }
    revision++;
    ObjectNode last = before.deepCopy();
    Manifests.metadata(last).put("resourceVersion", Long.toString(revision));
    tell(new Change(Change.Kind.DELETED, type, namespace, name, last, before, revision));
    if (type.kind().equals("Namespace")) {
      for (ResourceType other : ResourceTypes.ALL) {
        for (String key : List.copyOf(inNamespace(other, name).keySet())) {
          remove(other, name, key.substring(name.length() + 1));
        }
      }
    }
    return last;
  }

  /** Takes a revision for nothing, as the leases of a real cluster do all the time. */
  synchronized long tick() {
    return ++revision;
  }

  /** Forgets the history: watches from before now get 410. */
  synchronized void compact() {
    history.clear();
    oldest = revision;
  }

  synchronized long oldest() {
    return oldest;
  }

  /**
   * One page of a list as of revision {@code at}, which may be in the past.
   *
   * @param after key of the last object of the page before; empty for the first page
   * @param limit 0 for no limit
   * @throws StatusError 410 if {@code at} is no longer in the history
   */
  synchronized Page page(
      ResourceType type,
      String namespace,
      long at,
      String after,
      int limit,
      Predicate<ObjectNode> filter) {
    NavigableMap<String, ObjectNode> objectsThen = asOf(type, namespace, at);
    List<ObjectNode> items = new ArrayList<>();
    String last = "";
    int remaining = 0;
    for (Map.Entry<String, ObjectNode> entry : objectsThen.entrySet()) {
      if (entry.getKey().compareTo(after) <= 0) {
        continue;
      }
      if (!filter.test(entry.getValue())) {
        continue;
      }
      if (limit > 0 && items.size() == limit) {
        remaining++;
        continue;
      }
      items.add(entry.getValue());
      last = entry.getKey();
    }
    return new Page(items, at, remaining > 0 ? last : null, remaining);
  }

  /**
   * Changes of a kind after a revision, oldest first.
   *
   * @throws StatusError 410 if the history does not reach that far back
   */
  synchronized List<Change> since(ResourceType type, long from) {
    if (from < oldest) {
      throw StatusError.expired(from, oldest);
    }
    return history.stream()
        .filter(change -> change.revision() > from && change.type().equals(type))
        .toList();
  }

  private NavigableMap<String, ObjectNode> asOf(ResourceType type, String namespace, long at) {
    NavigableMap<String, ObjectNode> now =
        namespace.isEmpty() ? map(type) : inNamespace(type, namespace);
    if (at >= revision) {
      return now;
    }
    if (at < oldest) {
      throw StatusError.of(
          410,
          "Expired",
          "The provided continue parameter is too old to display a consistent list result. You can"
              + " start a new list without the continue parameter.");
    }
    NavigableMap<String, ObjectNode> then = new TreeMap<>(now);
    for (Iterator<Change> newest = history.descendingIterator(); newest.hasNext(); ) {
      Change change = newest.next();
      if (change.revision() <= at) {
        break;
      }
      if (change.type().equals(type)
          && (namespace.isEmpty() || namespace.equals(change.namespace()))) {
        String key = change.namespace() + "/" + change.name();
        if (change.before() == null) {
          then.remove(key);
        } else {
          then.put(key, change.before());
        }
      }
    }
    return then;
  }

  private void tell(Change change) {
    history.addLast(change);
    if (history.size() > historyLimit) {
      oldest = history.removeFirst().revision();
    }
    listeners.forEach(listener -> listener.accept(change));
  }

  private NavigableMap<String, ObjectNode> map(ResourceType type) {
    return objects.computeIfAbsent(type, _ -> new TreeMap<>());
  }

  private NavigableMap<String, ObjectNode> inNamespace(ResourceType type, String namespace) {
    return map(type).subMap(namespace + "/", true, namespace + "0", false); // '0' follows '/'
  }

  private void ensureNamespace(String namespace) {
    if (find(typeOf("v1", "Namespace"), "", namespace) == null) {
      put(Manifests.namespace(namespace));
    }
  }

  void stampNew(ObjectNode body) {
    ObjectNode metadata = Manifests.metadata(body);
    if (!metadata.has("uid")) {
      metadata.put("uid", UUID.randomUUID().toString());
    }
    if (!metadata.has("creationTimestamp")) {
      metadata.put("creationTimestamp", now());
    }
    if (!metadata.has("generation")) {
      metadata.put("generation", 1);
    }
  }

  /** In whole seconds, as Kubernetes writes times. */
  String now() {
    return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ObjectNode parse(String json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
      throw new IllegalArgumentException("not a JSON object");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static ResourceType typeOf(ObjectNode manifest) {
    return typeOf(manifest.path("apiVersion").asText(), manifest.path("kind").asText());
  }

  private static ResourceType typeOf(String apiVersion, String kind) {
    return ResourceTypes.of(apiVersion, kind)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s %s is not served (expected: a kind of ResourceTypes.ALL)"
                    .formatted(apiVersion, kind)));
  }

  /**
   * @param next key to continue after; null on the last page
   * @param remaining objects on later pages
   */
  record Page(List<ObjectNode> items, long revision, @Nullable String next, int remaining) {}
}
