package pharos.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import pharos.backend.http.HttpFailure.BadValue;

/** The bodies that propose a change and let it begin. */
final class ChangeBody {
  private static final int TITLE = 200;

  private ChangeBody() {}

  /**
   * What is proposed.
   *
   * @param title one line; empty when the client gave none
   */
  record Proposal(String title, CheckBody objects) {
    static Proposal of(byte[] bytes) {
      JsonNode body = CheckBody.json(bytes);
      JsonNode title = body.path("title");
      boolean usable = title.isMissingNode() || (title.isTextual() && isLine(title.textValue()));
      if (!usable) {
        throw HttpFailure.badParameters(
            List.of(
                new BadValue(
                    "title", "title is no line of at most %d characters".formatted(TITLE))));
      }
      return new Proposal(title.asText("").strip(), CheckBody.of(body, Set.of("title")));
    }

    private static boolean isLine(String text) {
      return text.length() <= TITLE && text.chars().noneMatch(Character::isISOControl);
    }
  }

  /**
   * What is accepted.
   *
   * @param hash of the preview that the user saw
   * @param confirmed names of owners
   */
  record Acceptance(String hash, Set<String> confirmed) {
    static Acceptance of(byte[] bytes) {
      JsonNode body = CheckBody.json(bytes);
      List<BadValue> errors = new ArrayList<>();
      String hash = body.path("hash").asText("");
      if (hash.isEmpty()) {
        errors.add(new BadValue("hash", "hash is missing (expected: the hash of the preview)"));
      }
      Set<String> confirmed = new HashSet<>();
      JsonNode list = body.path("confirm");
      if (!list.isMissingNode() && !list.isArray()) {
        errors.add(new BadValue("confirm", "confirm is no array of owners"));
      }
      list.forEach(name -> confirmed.add(name.asText()));
      if (!errors.isEmpty()) {
        throw HttpFailure.badParameters(errors);
      }
      return new Acceptance(hash, Set.copyOf(confirmed));
    }
  }
}
