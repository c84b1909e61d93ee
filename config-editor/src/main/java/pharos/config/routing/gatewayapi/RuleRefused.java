package pharos.config.routing.gatewayapi;

import pharos.config.resource.Path;

/**
 * An error in one rule that makes istiod drop all rules of its route, for that kind of parent
 * (R-GWAPI-14).
 */
final class RuleRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Path path;

  RuleRefused(Path path, String reason) {
    super(reason);
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Why, as a sentence. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
