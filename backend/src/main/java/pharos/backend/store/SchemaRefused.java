package pharos.backend.store;

/** The database holds a schema that this build must not touch. The message is for the user. */
public final class SchemaRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaRefused(String message) {
    super(message);
  }
}
