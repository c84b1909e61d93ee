package pharos.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * {@code CHECKS.md} is written from the catalogue of messages. {@code -Dgolden.update=true} writes
 * it anew.
 */
class ChecksDocumentTest {
  private static final Path DOCUMENT = Path.of("../CHECKS.md");

  private static final String HEAD =
      """
      # What the checks say

      Written from the messages themselves; a test keeps it true. A code never changes its meaning.

      * An **error** means that something does not work, or is refused.
      * A **warning** means that something does other than it seems to say, or will not work for some.
      * An **info** is worth knowing.

      Turn a message off for one object with the annotation `galley.istio.io/analyze-suppress: CODE[,CODE]`, or on the
      command line with `--suppress CODE=ORIGIN`, as in `--suppress "PHA0102=VirtualService shop/*"`.

      ## Codes of Pharos

      What istioctl does not look at. `…` stands for what a message fills in.
      """;

  private static final String ISTIO_HEAD =
      """

      ## Codes of istioctl

      The same conditions, levels and words as `istioctl analyze` and the admission webhook; the link leads to Istio's page.

      | code | name | level | message |
      |---|---|---|---|
      """;

  @Test
  void document_isWrittenFromTheCatalogue() throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    MessageCatalogue.all().stream().filter(ChecksDocumentTest::ours).forEach(m -> own(m, text));
    text.append(ISTIO_HEAD);
    MessageCatalogue.all().stream().filter(m -> !ours(m)).forEach(m -> row(m, text));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(DOCUMENT, text);
    }
    assertThat(text).hasToString(Files.readString(DOCUMENT));
  }

  private static boolean ours(MessageType message) {
    return message.code().startsWith("PHA");
  }

  private static void own(MessageType message, StringBuilder text) {
    text.append("\n### %s %s\n\n".formatted(message.code(), message.title()));
    text.append("%s: *%s*\n\n".formatted(level(message), shown(message)));
    text.append(message.meaning()).append("\n\n");
    text.append("What to do: %s\n\n".formatted(message.remedy()));
    text.append("[Read more](%s)".formatted(message.documentationUrl()));
    text.append(
        message.aliases().isEmpty()
            ? "\n"
            : ". Kiali: %s\n".formatted(String.join(", ", message.aliases())));
  }

  private static void row(MessageType message, StringBuilder text) {
    text.append(
        "| [%s](%s) | %s | %s | %s |\n"
            .formatted(
                message.code(),
                message.documentationUrl(),
                message.title(),
                level(message),
                shown(message).replace("|", "\\|")));
  }

  private static String level(MessageType message) {
    return message.level().wireName().toLowerCase(Locale.ROOT);
  }

  /** A template for people: without verbs, and on one line. */
  private static String shown(MessageType message) {
    return message
        .template()
        .replaceAll("\"?%[vsdq]\"?", "…")
        .replace("%%", "%")
        .replace('\n', ' ');
  }

  @Test
  void codes_areOfOneMessageEach() {
    List<String> codes = MessageCatalogue.all().stream().map(MessageType::code).toList();
    assertThat(codes).doesNotHaveDuplicates();
    List<String> titles = MessageCatalogue.all().stream().map(MessageType::title).toList();
    assertThat(titles).doesNotHaveDuplicates();
  }
}
