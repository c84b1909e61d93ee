package pharos.config.routing.effective;

import pharos.config.istio.view.Origin;

/**
 * An object, or a part of one, that takes no part, and why: hidden by another, not exported, wrong
 * gateway, loses by age, truncated.
 *
 * @param rule id of the rule that says so, for example {@code R-VS-8}
 * @param reason a sentence for people
 */
public record Ignored(Origin origin, String rule, String reason) {}
