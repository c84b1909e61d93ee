/**
 * The simulated mesh on the wire: proxies with real metrics endpoints on loopback, spans over
 * OTLP/HTTP, Kubernetes objects to load into an API server. It never reaches beyond loopback and
 * the given OTLP endpoint. Start at {@link pharos.backend.demo.DemoCluster}; {@code model} says
 * what runs, {@code routing} where requests go, {@code simulation} what happens.
 */
@NullMarked
package pharos.backend.demo;

import org.jspecify.annotations.NullMarked;
