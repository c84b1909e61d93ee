package pharos.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pharos.config.resource.ResourceKey.Kind;

class CatalogueTest {
  static Set<Kind> kinds() {
    return Catalogue.kinds();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void of_everyKind_leadsOnlyToKnownTypesWithAWordForPeople(Kind kind) {
    KindSchema schema = Objects.requireNonNull(Catalogue.of(kind));
    assertThat(schema.doc()).endsWith(".");
    Deque<MessageSchema> open = new ArrayDeque<>(Set.of(schema.specMessage()));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      MessageSchema message = open.pop();
      if (!seen.add(message.name())) {
        continue;
      }
      for (Field field : message.fields().values()) {
        String where = "%s.%s of %s".formatted(message.name(), field.name(), kind);
        assertThat(field.is(Field.Trait.HIDDEN) || field.doc().length() > 3).as(where).isTrue();
        FieldType type = field.type();
        while (!(type instanceof FieldType.Scalar) && !(type instanceof FieldType.Named)) {
          type =
              switch (type) {
                case FieldType.ListOf list -> list.item();
                case FieldType.MapOf map -> map.value();
                default -> type;
              };
        }
        if (type instanceof FieldType.Named && schema.family().choice(type) == null) {
          MessageSchema inner = schema.family().message(type);
          open.push(Objects.requireNonNull(inner, where));
        }
      }
      for (MessageSchema.Group group : message.groups()) {
        assertThat(message.fields().keySet()).as(message.name()).containsAll(group.members());
      }
      message
          .gone()
          .values()
          .forEach(gone -> assertThat(message.fields()).containsKey(gone.replacement()));
    }
  }

  @Test
  void nearest_slipsAndOtherSpellings_findWhatWasMeant() {
    Set<String> names = Set.of("timeout", "retries", "match", "route", "httpsRedirect", "hosts");
    assertThat(Spelling.nearest("timeuot", names)).isEqualTo("timeout");
    assertThat(Spelling.nearest("https_redirect", names)).isEqualTo("httpsRedirect");
    assertThat(Spelling.nearest("Hosts", names)).isEqualTo("hosts");
    assertThat(Spelling.nearest("host", names)).isEqualTo("hosts");
    assertThat(Spelling.nearest("weight", names)).isNull();
  }
}
