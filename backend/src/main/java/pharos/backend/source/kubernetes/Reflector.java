package pharos.backend.source.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.source.kubernetes.KindState.Phase;

/**
 * Keeps all objects of one kind, reduced to what is needed, by one list and a watch from there. It
 * lists again when the watch says 410 or says nothing for too long; it keeps what it has through
 * every failure. One virtual thread per reflector.
 *
 * @param <T> what is kept of an object
 */
final class Reflector<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);

  private final KubernetesClient client;
  private final WatchedKind kind;
  private final Function<GenericKubernetesResource, T> reduction;
  private final KubernetesSettings settings;
  private final Clock clock;
  private final Semaphore lists;
  private final Runnable onChange;
  private final Map<String, T> objects = new ConcurrentHashMap<>();
  private final Thread thread;

  private volatile KindState state;
  private volatile boolean closed;
  private final AtomicInteger relists = new AtomicInteger();
  private String version;
  private @Nullable String revision;
  private int failures;

  /**
   * @param lists shared by all kinds, so that an API server that comes back is not met by all lists
   *     at once
   */
  Reflector(
      KubernetesClient client,
      WatchedKind kind,
      Function<GenericKubernetesResource, T> reduction,
      KubernetesSettings settings,
      Clock clock,
      Semaphore lists,
      Runnable onChange) {
    this.client = client;
    this.kind = kind;
    this.reduction = reduction;
    this.settings = settings;
    this.clock = clock;
    this.lists = lists;
    this.onChange = onChange;
    this.version = kind.versions().getFirst();
    this.state = new KindState(Phase.STARTING, null, clock.instant(), "");
    this.thread = Thread.ofVirtual().name("watch " + kind.title()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void close() {
    closed = true;
    thread.interrupt();
  }

  WatchedKind kind() {
    return kind;
  }

  /** A live view; safe to read at any time. */
  Map<String, T> objects() {
    return objects;
  }

  KindState state() {
    KindState now = state;
    // An open watch is as good as now.
    return now.phase() == Phase.FOLLOWING
        ? new KindState(now.phase(), clock.instant(), now.since(), now.message())
        : now;
  }

  /** Lists since the start, the first included. */
  int relists() {
    return relists.get();
  }

  private void run() {
    while (!closed) {
      try {
        if (revision == null) {
          revision = list();
        }
        follow(revision);
      } catch (InterruptedException e) {
        return;
      } catch (KubernetesClientException e) {
        pause(refused(e));
      } catch (RuntimeException e) {
        if (closed) {
          return; // the client was closed under us
        }
        LOG.error("following {} failed", kind.title(), e);
        enter(Phase.FAILING, e.toString());
        pause(backoff());
      }
    }
  }

  /** Lists page by page; the objects are replaced when all pages are there. */
  private String list() throws InterruptedException {
    lists.acquire();
    try {
      Map<String, T> listed = new HashMap<>();
      ListOptions options = options().withLimit((long) settings.pageSize()).build();
      GenericKubernetesResourceList page;
      do {
        page = resources().list(options);
        for (GenericKubernetesResource item : page.getItems()) {
          listed.put(key(item), reduction.apply(item));
        }
        options.setContinue(page.getMetadata().getContinue());
      } while (options.getContinue() != null && !options.getContinue().isEmpty());
      objects.keySet().retainAll(listed.keySet());
      objects.putAll(listed);
      relists.incrementAndGet();
      enter(Phase.FOLLOWING, "");
      onChange.run();
      return page.getMetadata().getResourceVersion();
    } finally {
      lists.release();
    }
  }

  /**
   * Watches until the watch ends. A refused connection is no exception here: the client says so by
   * closing the watch. So a watch counts as open when it has spoken, or has not closed for a while.
   */
  private void follow(String from) throws InterruptedException {
    Signals signals = new Signals();
    ListOptions options =
        options()
            .withResourceVersion(from)
            .withAllowWatchBookmarks(true)
            .withTimeoutSeconds(300L + ThreadLocalRandom.current().nextInt(300))
            .build();
    try (Watch _ = resources().watch(options, signals)) {
      boolean open = false;
      while (true) {
        Duration patience = open ? settings.stuckAfter() : settings.retryFrom();
        Signal signal = signals.queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        switch (signal) {
          case null -> {
            if (open) {
              LOG.warn("{}: the watch was silent for {}", kind.title(), settings.stuckAfter());
              stale(clock.instant().minus(settings.stuckAfter()), "the watch fell silent");
              revision = null;
              return;
            }
            open = true;
            opened();
          }
          case Signal.Event(Watcher.Action action, GenericKubernetesResource object) -> {
            open = true;
            opened();
            apply(action, object);
          }
          case Signal.Closed(KubernetesClientException cause, boolean gone) -> {
            if (gone) {
              revision = null;
            } else if (cause.getCode() > 0 || !open) {
              // The client hides with which status a watch was refused, so it may have been 410:
              // the
              // second time only a list can tell whether the API answers at all.
              revision = failures > 0 ? null : revision;
              throw cause;
            }
            return;
          }
        }
      }
    }
  }

  private void opened() {
    failures = 0;
    if (state.phase() != Phase.FOLLOWING) {
      enter(Phase.FOLLOWING, "");
    }
  }

  private void apply(Watcher.Action action, GenericKubernetesResource object) {
    revision = object.getMetadata().getResourceVersion();
    switch (action) {
      case ADDED, MODIFIED -> objects.put(key(object), reduction.apply(object));
      case DELETED -> objects.remove(key(object));
      case BOOKMARK -> {
        return;
      }
      case ERROR -> revision = null;
    }
    onChange.run();
  }

  /** Notes why the API said no, and returns how long to wait. */
  private Duration refused(KubernetesClientException e) {
    return switch (e.getCode()) {
      case 404 -> notServed(e);
      case 401, 403 -> {
        enter(Phase.FORBIDDEN, "no access to " + kind.title());
        yield settings.reprobeAfter();
      }
      case 410 -> {
        revision = null;
        yield Duration.ZERO;
      }
      default -> failed(e);
    };
  }

  private Duration failed(KubernetesClientException e) {
    enter(Phase.FAILING, reason(e));
    return backoff();
  }

  /** Tries the next version; after the last one the kind is not installed, or not any more. */
  private Duration notServed(KubernetesClientException e) {
    int next = kind.versions().indexOf(version) + 1;
    boolean more = next < kind.versions().size();
    version = kind.versions().get(more ? next : 0);
    if (more) {
      return Duration.ZERO;
    }
    if (!objects.isEmpty() && !apiAnswers()) {
      return failed(e); // a proxy in front of a dead API server says 404, too
    }
    objects.clear();
    revision = null;
    enter(Phase.MISSING, "not installed");
    onChange.run();
    return settings.reprobeAfter();
  }

  private boolean apiAnswers() {
    try {
      return client.getKubernetesVersion() != null;
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  private static String reason(KubernetesClientException e) {
    if (e.getCode() > 0) {
      return "HTTP " + e.getCode();
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = root.getMessage();
    if (text == null) {
      return root.getClass().getSimpleName();
    }
    return text.equals("Exhausted reconnects") ? "the connection was closed" : text;
  }

  /** Doubles with each failure; jitter keeps the kinds apart. */
  private Duration backoff() {
    long most =
        Math.min(
            settings.retryTo().toMillis(),
            settings.retryFrom().toMillis() << Math.min(failures, 16));
    failures++;
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void enter(Phase phase, String message) {
    KindState old = state;
    Instant now = clock.instant();
    boolean wasCurrent = phase == Phase.FOLLOWING || old.phase() == Phase.FOLLOWING;
    state =
        new KindState(
            phase,
            wasCurrent ? now : old.currentAt(),
            phase == old.phase() ? old.since() : now,
            message);
    if (phase != old.phase()) {
      onChange.run();
    }
  }

  private void stale(Instant currentAt, String message) {
    state = new KindState(Phase.FAILING, currentAt, clock.instant(), message);
    onChange.run();
  }

  private ListOptionsBuilder options() {
    ListOptionsBuilder options = new ListOptionsBuilder();
    return kind.fieldSelector().isEmpty()
        ? options
        : options.withFieldSelector(kind.fieldSelector());
  }

  private FilterWatchListDeletable<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      resources() {
    var all =
        client.genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(version)
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(kind.namespaced())
                .build());
    return kind.within().isEmpty() ? all.inAnyNamespace() : all.inNamespace(kind.within());
  }

  private static String key(GenericKubernetesResource object) {
    String namespace = object.getMetadata().getNamespace();
    return (namespace == null ? "" : namespace) + "/" + object.getMetadata().getName();
  }

  /** What a watch says, handed to the reflector's own thread. */
  private sealed interface Signal {
    record Event(Watcher.Action action, GenericKubernetesResource object) implements Signal {}

    record Closed(KubernetesClientException cause, boolean gone) implements Signal {}
  }

  private static final class Signals implements Watcher<GenericKubernetesResource> {
    final LinkedBlockingQueue<Signal> queue = new LinkedBlockingQueue<>();

    @Override
    public void eventReceived(Action action, GenericKubernetesResource object) {
      queue.add(new Signal.Event(action, object));
    }

    @Override
    public void onClose() {
      queue.add(new Signal.Closed(new KubernetesClientException("closed"), false));
    }

    @Override
    public void onClose(WatcherException cause) {
      queue.add(new Signal.Closed(cause.asClientException(), cause.isHttpGone()));
    }
  }
}
