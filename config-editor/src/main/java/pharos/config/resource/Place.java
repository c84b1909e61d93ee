package pharos.config.resource;

/**
 * A point in a text, as an editor shows it.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units
 * @param offset from 0, in UTF-16 units, for edits by span
 */
public record Place(int line, int column, int offset) {
  /** Where every text begins. */
  public static final Place START = new Place(1, 1, 0);
}
