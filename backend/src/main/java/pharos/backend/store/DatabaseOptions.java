package pharos.backend.store;

import java.time.Duration;

/**
 * Bounds on the use of PostgreSQL.
 *
 * @param poolSize connections at the same time
 * @param queue statements that may wait for one; more are refused at once
 * @param timeout longest wait for a connection, and for one statement
 */
public record DatabaseOptions(int poolSize, int queue, Duration timeout) {}
