/**
 * What is promised of the whole, proven on the whole: the real sources, the real feature and the
 * real server around the simulated mesh, connected as {@code Wiring} does it. Nothing is tested
 * here that one package can prove alone. Start at {@link
 * pharos.backend.endtoend.GraphEqualsTruthTest}.
 */
@NullMarked
package pharos.backend.endtoend;

import org.jspecify.annotations.NullMarked;
