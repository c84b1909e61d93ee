/**
 * Feature: changing the cluster, and taking it back. Begin at {@link
 * pharos.backend.change.Changes}.
 *
 * <p>A change is an ordered list of conditional writes. Before each write its intent is in the
 * journal; after it the outcome, as read back. Nothing is written twice without having looked in
 * between, and nothing is overwritten that was not in the preview. What the wire says and how the
 * journal is kept is the business of {@link pharos.backend.change.ClusterWriter} and {@link
 * pharos.backend.change.Journal}.
 */
@NullMarked
package pharos.backend.change;

import org.jspecify.annotations.NullMarked;
