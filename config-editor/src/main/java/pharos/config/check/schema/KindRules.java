package pharos.config.check.schema;

import pharos.config.resource.Resource;

/** The rules of one kind. */
interface KindRules {
  /**
   * Applies the rules.
   *
   * @param withMetadata whether labels and annotations count, as they do for the webhook and not
   *     for istioctl
   */
  void apply(Resource resource, boolean withMetadata, Verdicts verdicts);
}
