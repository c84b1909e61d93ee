package pharos.backend.change;

/** Why a question about changes has no answer. The messages are for people. */
public abstract sealed class ChangeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ChangeFailure(String message) {
    super(message, null, false, false);
  }

  /** There is no such change. */
  public static final class NoSuchChange extends ChangeFailure {
    private static final long serialVersionUID = 1L;

    public NoSuchChange(String message) {
      super(message);
    }
  }

  /** What was proposed cannot become a change. */
  public static final class Unusable extends ChangeFailure {
    private static final long serialVersionUID = 1L;

    public Unusable(String message) {
      super(message);
    }
  }

  /** The cluster, or the change itself, is not what the preview showed. */
  public static final class Moved extends ChangeFailure {
    private static final long serialVersionUID = 1L;

    public Moved(String message) {
      super(message);
    }
  }

  /** An object of another owner needs a confirmation that names the owner, or is never written. */
  public static final class Owned extends ChangeFailure {
    private static final long serialVersionUID = 1L;

    public Owned(String message) {
      super(message);
    }
  }

  /** This process, or this user, changes nothing. */
  public static final class Forbidden extends ChangeFailure {
    private static final long serialVersionUID = 1L;

    public Forbidden(String message) {
      super(message);
    }
  }

  /** The API server cannot be read. */
  public static final class ClusterAway extends ChangeFailure {
    private static final long serialVersionUID = 1L;

    public ClusterAway(String message) {
      super(message);
    }
  }

  /** The journal cannot be read or written. */
  public static final class JournalAway extends ChangeFailure {
    private static final long serialVersionUID = 1L;

    public JournalAway(String message) {
      super(message);
    }
  }
}
