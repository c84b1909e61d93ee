package pharos.backend.config;

/** Port: the objects of the cluster, whole, kept current by watches. */
public interface ConfigSource {

  /** The newest known objects, or why there are none; never blocks. */
  ClusterConfig current();

  /** Calls {@code listener} after each change, on any thread, at most a few times per second. */
  void onChange(Runnable listener);
}
