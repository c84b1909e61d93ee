package pharos.backend.change;

/**
 * Who asks, and what they may do.
 *
 * @param name of the user, for people and for the audit
 * @param kind {@code demo}, {@code workstation} or {@code anonymous}
 * @param edit whether they may change the cluster
 * @param reason why not; empty when they may
 */
public record Access(String name, String kind, boolean edit, String reason) {

  /** Somebody who may change the cluster. */
  public static Access editor(String name, String kind) {
    return new Access(name, kind, true, "");
  }

  /** Somebody who looks. */
  public static Access viewer(String name, String kind, String reason) {
    return new Access(name, kind, false, reason);
  }

  /**
   * @throws ChangeFailure.Forbidden with the reason, unless the user may edit
   */
  public void mustEdit() {
    if (!edit) {
      throw new ChangeFailure.Forbidden(reason);
    }
  }
}
