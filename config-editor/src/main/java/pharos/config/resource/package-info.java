/**
 * Resources without loss: text in, trees out that know the line and column of every path, and
 * snapshots of many of them. Guards stand before the parser; what cannot be read is refused at its
 * place and the rest goes on. Start at {@link pharos.config.resource.DocumentReader}; a set of
 * resources is a {@link pharos.config.resource.Snapshot}.
 */
@NullMarked
package pharos.config.resource;

import org.jspecify.annotations.NullMarked;
