/**
 * The demo mesh in motion: requests walk the call tree, proxies count them, spans and the exact
 * truth fall out. Pure: time is stepped from outside, chance comes from a seed, nothing is sent.
 * Start at {@link pharos.backend.demo.simulation.MeshSimulation}.
 */
@NullMarked
package pharos.backend.demo.simulation;

import org.jspecify.annotations.NullMarked;
