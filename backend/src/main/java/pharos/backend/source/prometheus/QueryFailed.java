package pharos.backend.source.prometheus;

/** One query gave nothing that can be used. The message is for the user. */
final class QueryFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean silent;
  private final String words;

  /**
   * @param silent the server did not answer at all, or too late; asking again at once would make it
   *     worse
   */
  QueryFailed(boolean silent, String words) {
    super(words, null, false, false);
    this.silent = silent;
    this.words = words;
  }

  boolean silent() {
    return silent;
  }

  String words() {
    return words;
  }
}
