/**
 * The feature "see": live graphs, series and lists. Knows neither HTTP nor SQL; it asks its ports
 * ({@link pharos.backend.traffic.TelemetrySource}, {@link pharos.backend.traffic.MeshInventory},
 * {@link pharos.backend.traffic.GraphHistory}) and calls the pure core.
 */
@NullMarked
package pharos.backend.traffic;

import org.jspecify.annotations.NullMarked;
