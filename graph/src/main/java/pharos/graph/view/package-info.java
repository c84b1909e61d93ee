/**
 * Looks at a finished graph: find and hide, focus, rank, collapse, and the difference between two
 * graphs. Pure; never adds traffic that the graph does not have. Start at {@link
 * pharos.graph.view.GraphViews}.
 */
@NullMarked
package pharos.graph.view;

import org.jspecify.annotations.NullMarked;
