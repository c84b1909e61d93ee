/**
 * The rules of Istio's admission webhook, kind by kind (analysis catalog, section 6). Start at
 * {@link pharos.config.check.schema.SchemaChecks}.
 */
@NullMarked
package pharos.config.check.schema;

import org.jspecify.annotations.NullMarked;
