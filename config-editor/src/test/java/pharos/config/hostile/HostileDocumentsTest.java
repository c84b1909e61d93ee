package pharos.config.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import pharos.config.check.Finding;
import pharos.config.resource.Place;
import pharos.config.resource.Refusal;

/**
 * Ten thousand hostile documents through the whole door. Nothing is thrown; what cannot be read is
 * refused at a place inside the document, and so is every finding's place.
 */
class HostileDocumentsTest {
  private static final int DOCUMENTS = 10_000;

  @TestFactory
  Stream<DynamicTest> pass_hostileDocuments_areAnsweredWithAPlace() {
    int each = DOCUMENTS / HostileDocuments.FAMILIES.size() + 1;
    return HostileDocuments.FAMILIES.stream()
        .map(family -> DynamicTest.dynamicTest(family.name(), () -> verify(family, each)));
  }

  private static void verify(HostileDocuments.Family family, int documents) {
    HostileDocuments hostile = new HostileDocuments(new Random(family.name().hashCode()));
    int answered = 0;
    for (int i = 0; i < documents; i++) {
      byte[] document = family.make().apply(hostile);
      Door.Answer answer = answer(family, document);
      answer.refusals().forEach(refusal -> verify(refusal, document));
      answer.findings().forEach(finding -> verify(finding, document));
      boolean inTheDocument =
          !answer.refusals().isEmpty()
              || answer.findings().stream().anyMatch(finding -> finding.place() != null);
      answered += inTheDocument ? 1 : 0;
      if (family.refused()) {
        assertThat(inTheDocument).as(excerpt(document)).isTrue();
      }
    }
    assertThat(answered).as("documents that were found fault with").isPositive();
  }

  private static Door.Answer answer(HostileDocuments.Family family, byte[] document) {
    try {
      return Door.pass(document);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return fail(family.name() + ": " + excerpt(document), e);
    }
  }

  private static void verify(Refusal refusal, byte[] document) {
    assertThat(refusal.reason()).isNotBlank();
    assertThat(refusal.file()).isEqualTo(Door.FILE);
    verify(refusal.place(), document);
  }

  private static void verify(Finding finding, byte[] document) {
    assertThat(finding.message()).isNotBlank();
    Place place = finding.place();
    if (place != null
        && finding.resource() != null
        && finding.resource().source().file().equals(Door.FILE)) {
      verify(place, document);
    }
  }

  private static void verify(Place place, byte[] document) {
    assertThat(place.line()).isPositive();
    assertThat(place.column()).isPositive();
    assertThat(place.offset()).isBetween(0, document.length);
  }

  private static String excerpt(byte[] document) {
    String text = new String(document, StandardCharsets.UTF_8);
    return text.length() < 600 ? text : text.substring(0, 600) + "…";
  }
}
