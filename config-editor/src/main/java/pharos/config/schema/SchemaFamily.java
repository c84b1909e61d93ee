package pharos.config.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages and enums of one catalogue file, and of the file that it uses. */
public final class SchemaFamily {
  private final Map<String, MessageSchema> messages;
  private final Map<String, EnumSchema> enums;
  private final @Nullable SchemaFamily used;

  SchemaFamily(
      Map<String, MessageSchema> messages,
      Map<String, EnumSchema> enums,
      @Nullable SchemaFamily used) {
    this.messages = Map.copyOf(messages);
    this.enums = Map.copyOf(enums);
    this.used = used;
  }

  /** The message of a type, or null when the type is none. */
  public @Nullable MessageSchema message(FieldType type) {
    return type instanceof FieldType.Named named ? find(named.name()) : null;
  }

  /** The enum of a type, or null when the type is none. */
  public @Nullable EnumSchema choice(FieldType type) {
    return type instanceof FieldType.Named named ? findEnum(named.name()) : null;
  }

  MessageSchema messageNamed(String name) {
    MessageSchema message = find(name);
    if (message == null) {
      throw new IllegalStateException("the catalogue has no message " + name);
    }
    return message;
  }

  /** Every message of this file. */
  Iterable<MessageSchema> messages() {
    return messages.values();
  }

  private @Nullable MessageSchema find(String name) {
    MessageSchema message = messages.get(name);
    return message == null && used != null ? used.find(name) : message;
  }

  private @Nullable EnumSchema findEnum(String name) {
    EnumSchema found = enums.get(name);
    return found == null && used != null ? used.findEnum(name) : found;
  }
}
