/**
 * Istio and Kubernetes configuration: reading it without loss, checking it, and saying what it
 * makes the mesh do. Values and pure functions only: no clock, no network, no logging.
 */
@NullMarked
package pharos.config;

import org.jspecify.annotations.NullMarked;
