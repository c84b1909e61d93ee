package pharos.config.resource;

/**
 * Guards that stand before the parser. A document over a limit is refused, never cut.
 *
 * @param bytes of one file
 * @param depth of nesting
 * @param nodes of one document, counted after aliases are expanded
 * @param documents in one file
 */
public record Limits(int bytes, int depth, int nodes, int documents) {
  /** Kubernetes stores at most about 1.5 MiB per object; a file may hold many. */
  public static final Limits DEFAULT = new Limits(16 * 1024 * 1024, 100, 500_000, 20_000);
}
