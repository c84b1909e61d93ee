package pharos.backend.source.otlp;

import io.vertx.core.buffer.Buffer;

/**
 * What to answer to an export, as the OTLP/HTTP specification has it.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param retryAfterSeconds for the header {@code Retry-After}; 0 for none
 */
public record ExportAnswer(int status, String contentType, Buffer body, int retryAfterSeconds) {}
