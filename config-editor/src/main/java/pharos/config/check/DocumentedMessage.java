package pharos.config.check;

import java.util.List;

/** A message of our own: it explains itself, since nobody else does. */
public interface DocumentedMessage extends MessageType {
  /** All that there is to say about it. */
  Documentation documentation();

  /**
   * What a message says and explains.
   *
   * @param page of the documentation that describes what it is about
   */
  record Documentation(
      String code,
      String title,
      Level level,
      String template,
      String meaning,
      String remedy,
      String page,
      List<String> aliases) {
    public Documentation {
      aliases = List.copyOf(aliases);
      if (meaning.isEmpty() || remedy.isEmpty()) {
        throw new IllegalArgumentException(code + " does not say what it means and what to do");
      }
    }
  }

  @Override
  default String code() {
    return documentation().code();
  }

  @Override
  default String title() {
    return documentation().title();
  }

  @Override
  default Level level() {
    return documentation().level();
  }

  @Override
  default String template() {
    return documentation().template();
  }

  @Override
  default String meaning() {
    return documentation().meaning();
  }

  @Override
  default String remedy() {
    return documentation().remedy();
  }

  @Override
  default String documentationUrl() {
    return documentation().page();
  }

  @Override
  default List<String> aliases() {
    return documentation().aliases();
  }
}
