package pharos.backend.source.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import pharos.backend.source.otlp.SpanWire.Unreadable;

/** Reads JSON that a stranger sent, within bounds of depth, text and digits. */
final class JsonDoor {
  private static final int MAX_TEXT = 1 << 20;
  private static final int MAX_DIGITS = 40;

  private final ObjectMapper mapper;

  /**
   * @param nesting how deep objects and arrays may stand in each other
   */
  JsonDoor(int nesting) {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(nesting)
            .maxStringLength(MAX_TEXT)
            .maxNumberLength(MAX_DIGITS)
            .build();
    mapper =
        new ObjectMapper(JsonFactory.builder().streamReadConstraints(bounds).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * One value and nothing behind it.
   *
   * @throws Unreadable that names the place, never the content
   */
  JsonNode read(byte[] text) throws Unreadable {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw new Unreadable(
          "body that is no JSON at line %d, column %d"
              .formatted(
                  place == null ? 1 : place.getLineNr(), place == null ? 1 : place.getColumnNr()));
    } catch (IOException e) {
      throw new Unreadable("body that ends early");
    }
  }
}
