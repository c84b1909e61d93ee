package pharos.config.schema;

import pharos.config.resource.ResourceKey.Kind;

/**
 * A kind of objects.
 *
 * @param spec name of the message of {@code spec}
 * @param specRequired whether an object without {@code spec} is refused
 * @param family the messages that it is made of
 */
public record KindSchema(
    Kind kind, String spec, boolean specRequired, String doc, SchemaFamily family) {
  /** The message of {@code spec}. */
  public MessageSchema specMessage() {
    return family.messageNamed(spec);
  }
}
