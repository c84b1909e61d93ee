package pharos.graph;

/**
 * What a node stands for. Names as in Kiali: {@code workload}, {@code app}, {@code versionedApp},
 * {@code service}.
 */
public enum GraphKind {
  WORKLOAD("workload"),
  APP("app"),
  VERSIONED_APP("versionedApp"),
  SERVICE("service");

  private final String wireName;

  GraphKind(String wireName) {
    this.wireName = wireName;
  }

  /** The name in URLs and JSON. */
  public String wireName() {
    return wireName;
  }
}
