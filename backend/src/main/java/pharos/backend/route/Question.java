package pharos.backend.route;

import pharos.config.routing.Proxy;
import pharos.config.routing.Request;

/**
 * Who sends what.
 *
 * @param id comes back with the answer; empty for none
 */
public record Question(String id, Proxy from, Request request) {}
