/**
 * Feature: the mesh's configuration, live. Keeps the analysis of the cluster's objects current and
 * says what a draft would change in it, before anything is applied. Start reading at {@link
 * pharos.backend.config.LiveConfig}.
 */
@NullMarked
package pharos.backend.config;

import org.jspecify.annotations.NullMarked;
