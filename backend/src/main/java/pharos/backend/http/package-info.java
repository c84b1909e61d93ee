/**
 * The wire: routes, strict parameters, JSON, the event stream, problem details, static pages. A
 * handler parses, delegates and encodes; it decides nothing about meshes and asks no source itself.
 * Start reading at {@link pharos.backend.http.WebServer} and {@link pharos.backend.http.Api}.
 */
@NullMarked
package pharos.backend.http;

import org.jspecify.annotations.NullMarked;
