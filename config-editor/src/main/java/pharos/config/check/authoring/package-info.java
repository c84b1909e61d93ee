/**
 * Checks for the slips of people who write configuration: misspelt groups and fields, fields that
 * are gone, comments that became values, templates that were not rendered. Start reading at {@link
 * pharos.config.check.authoring.AuthoringChecks}.
 */
@NullMarked
package pharos.config.check.authoring;

import org.jspecify.annotations.NullMarked;
