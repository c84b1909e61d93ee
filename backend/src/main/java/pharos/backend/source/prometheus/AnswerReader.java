package pharos.backend.source.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import pharos.backend.source.metric.IstioLabel;
import pharos.backend.source.metric.LabelValues;

/**
 * Reads one answer of Prometheus' HTTP API as it arrives: rows go to the sink one by one, nothing
 * else is kept. Fields may come in any order. One reader per answer.
 */
final class AnswerReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(1 << 20).maxNestingDepth(32).build())
          .build();
  private static final int MAX_NOTES = 20;

  private final Sink sink;
  private final IntPredicate admits;
  private final StringPool strings = new StringPool();
  private final List<String> warnings = new ArrayList<>();
  private String status = "";
  private String error = "";
  private int rows;
  private boolean cut;
  private double scalar = Double.NaN;

  /**
   * @param admits asked with the number of rows so far; false cuts the answer there
   */
  AnswerReader(Sink sink, IntPredicate admits) {
    this.sink = sink;
    this.admits = admits;
  }

  /** Takes the values of one row; a range has several. */
  interface Sink {
    void value(LabelValues labels, double epochSeconds, double value);
  }

  /**
   * What the answer said besides its rows.
   *
   * @param error Prometheus' own words, empty when it succeeded
   * @param warnings {@code warnings} and {@code infos}
   * @param cut whether rows are missing because a limit was reached
   * @param scalar value of a scalar answer, NaN when it was none
   */
  record Answer(String error, List<String> warnings, int rows, boolean cut, double scalar) {}

  /** An answer that is no answer of the API. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Unreadable(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    /** Follows "the answer". */
    String reason() {
      return reason;
    }
  }

  /**
   * Reads to the end, or to a limit.
   *
   * @throws Unreadable when the bytes are not of the API; rows may have been handed on already
   */
  Answer read(InputStream in) throws IOException, Unreadable {
    try (JsonParser json = JSON.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new Unreadable("is not a JSON object");
      }
      while (!cut && json.nextToken() == JsonToken.FIELD_NAME) {
        field(json, json.currentName());
      }
    } catch (JsonParseException notJson) {
      throw new Unreadable(rows > 0 ? "ends early or is damaged" : "is no JSON of Prometheus' API");
    } catch (ChunkInput.TooLong limit) {
      cut = true;
    }
    if (!cut && status.isEmpty()) {
      throw new Unreadable("has no status");
    }
    return new Answer(status.equals("error") ? words(error) : "", warnings, rows, cut, scalar);
  }

  private static String words(String error) {
    return error.isEmpty() ? "unknown error" : error;
  }

  private void field(JsonParser json, String name) throws IOException, Unreadable {
    JsonToken value = json.nextToken();
    switch (name) {
      case "status" -> status = text(json, value);
      case "error" -> error = text(json, value);
      case "warnings", "infos" -> notes(json, value);
      case "isPartial" -> {
        if (value == JsonToken.VALUE_TRUE) {
          warnings.add("The answer is partial: a storage node did not answer.");
        }
      }
      case "data" -> data(json, value);
      default -> json.skipChildren();
    }
  }

  private static String text(JsonParser json, JsonToken token) throws IOException, Unreadable {
    if (token != JsonToken.VALUE_STRING) {
      throw new Unreadable("has a %s where text belongs".formatted(token));
    }
    return json.getText();
  }

  private void notes(JsonParser json, JsonToken token) throws IOException, Unreadable {
    if (token != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    for (JsonToken note = json.nextToken(); note != JsonToken.END_ARRAY; note = json.nextToken()) {
      String words = text(json, note);
      if (warnings.size() < MAX_NOTES) {
        warnings.add(words.length() > 500 ? words.substring(0, 500) + "…" : words);
      }
    }
  }

  private void data(JsonParser json, JsonToken token) throws IOException, Unreadable {
    if (token != JsonToken.START_OBJECT) {
      json.skipChildren(); // null beside an error
      return;
    }
    while (!cut && json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("result")) {
        if (value != JsonToken.START_ARRAY) {
          throw new Unreadable("has no list of results");
        }
        result(json);
      } else {
        json.skipChildren();
      }
    }
  }

  private void result(JsonParser json) throws IOException, Unreadable {
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        if (!admits.test(rows)) {
          cut = true;
          return;
        }
        rows++;
        row(json);
      } else if (token != null && token.isNumeric()) { // a scalar is [time, "value"]
        json.nextToken();
        scalar = number(json);
      } else {
        throw new Unreadable("has a result that is no series");
      }
    }
  }

  private void row(JsonParser json) throws IOException, Unreadable {
    LabelValues labels = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "metric" -> labels = labels(json, value);
        case "value" -> point(json, value, known(labels));
        case "values" -> {
          LabelValues of = known(labels);
          for (JsonToken pair = json.nextToken();
              pair != JsonToken.END_ARRAY;
              pair = json.nextToken()) {
            point(json, pair, of);
          }
        }
        default -> json.skipChildren();
      }
    }
  }

  /** Every implementation of the API prints the labels first. */
  private static LabelValues known(@Nullable LabelValues labels) throws Unreadable {
    if (labels == null) {
      throw new Unreadable("has a value without labels");
    }
    return labels;
  }

  private LabelValues labels(JsonParser json, JsonToken token) throws IOException, Unreadable {
    if (token != JsonToken.START_OBJECT) {
      throw new Unreadable("has a series without labels");
    }
    var labels = new LabelValues();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      IstioLabel label = IstioLabel.of(json.currentName());
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw new Unreadable("has a label that is no text");
      }
      if (label != null) {
        labels.set(
            label,
            strings.get(json.getTextCharacters(), json.getTextOffset(), json.getTextLength()));
      }
    }
    return labels;
  }

  private void point(JsonParser json, JsonToken token, LabelValues labels)
      throws IOException, Unreadable {
    if (token != JsonToken.START_ARRAY || !isNumber(json.nextToken())) {
      throw new Unreadable("has a value without a time");
    }
    double at = json.getDoubleValue();
    if (json.nextToken() != JsonToken.VALUE_STRING) {
      throw new Unreadable("has a value that is no text");
    }
    double value = number(json);
    if (json.nextToken() != JsonToken.END_ARRAY) {
      throw new Unreadable("has a value that does not end");
    }
    sink.value(labels, at, value);
  }

  private static boolean isNumber(@Nullable JsonToken token) {
    return token != null && token.isNumeric();
  }

  private static double number(JsonParser json) throws IOException, Unreadable {
    String text = json.getText();
    if (text == null) {
      throw new Unreadable("ends within a value");
    }
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
          throw new Unreadable("has a value that is no number");
        }
      }
    };
  }
}
