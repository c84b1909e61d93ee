package pharos.config.resource;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The door for YAML and JSON: bytes or text in, resources and refusals out. Each document of a file
 * is read by itself, so one that is broken does not hide the others.
 */
public final class DocumentReader {
  private final Limits limits;

  public DocumentReader(Limits limits) {
    this.limits = limits;
  }

  /**
   * What a file held.
   *
   * @param resources in the order of the text; lists are expanded into their items
   * @param refusals what could not be read, in the order of the text
   */
  public record Reading(List<Resource> resources, List<Refusal> refusals) {
    public Reading {
      resources = List.copyOf(resources);
      refusals = List.copyOf(refusals);
    }
  }

  /** Reads a file's bytes, which must be UTF-8. */
  public Reading read(String file, byte[] bytes) {
    if (bytes.length > limits.bytes()) {
      return refused(
          file,
          Place.START,
          "the file is too large (expected: at most %d bytes)".formatted(limits.bytes()));
    }
    if (isUtf16(bytes)) {
      return refused(file, Place.START, "the text is UTF-16 (expected: UTF-8)");
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      String before = out.flip().toString();
      return refused(
          file, endOf(before), "byte 0x%02X is not UTF-8".formatted(bytes[in.position()] & 0xFF));
    }
    try {
      result.throwException();
    } catch (CharacterCodingException _) {
      return refused(file, Place.START, "not UTF-8");
    } catch (java.nio.BufferUnderflowException | java.nio.BufferOverflowException _) {
      // Underflow is how a decoder says that it is done.
    }
    return read(file, out.flip().toString());
  }

  /** Reads a text. */
  public Reading read(String file, String text) {
    if (text.length() > limits.bytes()) {
      return refused(
          file,
          Place.START,
          "%d characters (expected: at most %d)".formatted(text.length(), limits.bytes()));
    }
    List<Resource> resources = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    @Nullable Resource template = null;
    List<Part> parts = split(text);
    if (parts.size() > limits.documents()) {
      return refused(
          file,
          Place.START,
          "%d documents (expected: at most %d)".formatted(parts.size(), limits.documents()));
    }
    for (Part part : parts) {
      try {
        Node root = new TreeReader(part.text(), part.origin(), limits).read();
        if (root != null) {
          List<Resource> read = new ArrayList<>();
          new ObjectReader(file, part.firstLine(), read, refusals).read(root);
          boolean named = read.stream().noneMatch(r -> Templates.unrendered(r.key()));
          Resource here = named ? null : Templates.in(file, part.text(), part.origin());
          if (here == null) {
            resources.addAll(read);
          }
          template = template == null ? here : template;
        }
      } catch (TreeReader.Unreadable problem) {
        Resource here = Templates.in(file, part.text(), part.origin());
        if (here == null) {
          refusals.add(refusal(file, part, problem));
        }
        template = template == null ? here : template;
      }
    }
    if (template != null) {
      resources.add(template); // once per file, however many documents it has
    }
    return new Reading(resources, refusals);
  }

  /** Reads a text as one value of any type; null when it is empty or cannot be read. */
  public static @Nullable Node value(String text, Limits limits) {
    try {
      return new TreeReader(text, Place.START, limits).read();
    } catch (TreeReader.Unreadable _) {
      return null;
    }
  }

  /** By its byte order mark, which some editors write. */
  private static boolean isUtf16(byte[] bytes) {
    return bytes.length > 1
        && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
            || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
  }

  private static Reading refused(String file, Place place, String reason) {
    return new Reading(List.of(), List.of(new Refusal(file, place, reason)));
  }

  /** Says so when the problem's line, or those just before it, begin as comments elsewhere do. */
  private static Refusal refusal(String file, Part part, TreeReader.Unreadable problem) {
    String text = part.text();
    Place place = problem.place();
    int at = Math.clamp(place.offset() - (long) part.origin().offset(), 0, text.length());
    int line = place.line();
    int start = text.lastIndexOf('\n', at - 1) + 1;
    @Nullable Place comment = null;
    while (true) {
      int slashes = start;
      while (slashes < text.length() && " \t".indexOf(text.charAt(slashes)) >= 0) {
        slashes++;
      }
      if (text.startsWith("//", slashes)) {
        comment = new Place(line, slashes - start + 1, part.origin().offset() + slashes);
      } else if (comment != null || line < place.line()) {
        break;
      }
      if (start == 0) {
        break;
      }
      start = text.lastIndexOf('\n', start - 2) + 1;
      line--;
    }
    return comment == null
        ? new Refusal(file, place, problem.reason())
        : new Refusal(file, comment, "YAML comments start with #, not //");
  }

  private static Place endOf(String text) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Place(line, text.length() - lineStart + 1, text.length());
  }

  /**
   * A document's text.
   *
   * @param firstLine the first line that is neither blank nor a separator
   */
  private record Part(String text, Place origin, int firstLine) {}

  /** Splits at lines that begin with {@code ---}, as Kubernetes does before it parses. */
  private static List<Part> split(String text) {
    List<Part> parts = new ArrayList<>();
    int start = 0;
    int startLine = 1;
    int line = 1;
    int at = 0;
    while (at <= text.length()) {
      int end = text.indexOf('\n', at);
      int next = end < 0 ? text.length() + 1 : end + 1;
      if (at > start && separates(text, at)) {
        addPart(parts, text.substring(start, at), start, startLine);
        start = at;
        startLine = line;
      }
      at = next;
      line++;
    }
    addPart(parts, text.substring(start), start, startLine);
    return parts;
  }

  private static boolean separates(String text, int at) {
    return text.startsWith("---", at)
        && (at + 3 >= text.length() || Character.isWhitespace(text.charAt(at + 3)));
  }

  private static void addPart(List<Part> parts, String text, int offset, int startLine) {
    int line = startLine;
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      int stop = end < 0 ? text.length() : end;
      String content = text.substring(at, stop).strip();
      if (!content.isEmpty() && !content.equals("---")) {
        parts.add(new Part(text, new Place(startLine, 1, offset), line));
        return;
      }
      at = stop + 1;
      line++;
    }
  }
}
