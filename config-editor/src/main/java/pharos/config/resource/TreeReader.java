package pharos.config.resource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * One YAML document into a tree, from parser events and with a stack of its own: depth, aliases and
 * size are counted while reading, so no input can exhaust the thread's stack or the heap.
 */
final class TreeReader {
  private static final String MERGE_KEY = "<<";

  private final String text;
  private final Place origin;
  private final Limits limits;
  private final Map<Anchor, Node> anchors = new HashMap<>();
  private final Set<Anchor> open = new HashSet<>();
  private final IdentityHashMap<Node, Long> sizes = new IdentityHashMap<>();
  private final Deque<Frame> stack = new ArrayDeque<>();
  private final Places places;
  private @Nullable Node root;

  /**
   * @param text the document alone
   * @param origin where the document begins in its file
   */
  TreeReader(String text, Place origin, Limits limits) {
    this.text = text;
    this.origin = origin;
    this.limits = limits;
    this.places = new Places(text, origin);
  }

  /** The document's tree, or null when the document is empty. */
  @Nullable Node read() throws Unreadable {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setUseMarks(true)
              .setCodePointLimit(Integer.MAX_VALUE)
              .setBufferSize(Math.max(1024, Math.min(text.length() + 16, 65_536)))
              .build();
      ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
      int documents = 0;
      while (parser.hasNext()) {
        Event event = parser.next();
        if (event.getEventId() == Event.ID.DocumentStart && ++documents > 1) {
          throw unreadable(
              event.getStartMark(), "a second document begins here without a line '---'");
        }
        accept(event);
      }
      return root;
    } catch (MarkedYamlEngineException problem) {
      Optional<Mark> mark = problem.getProblemMark().or(problem::getContextMark);
      String context = problem.getContext() == null ? "" : problem.getContext() + ": ";
      throw unreadable(mark, inWords(context + problem.getProblem()));
    } catch (ReaderException problem) {
      throw new Unreadable(
          places.at(problem.getPosition()),
          "character U+%04X is not allowed in YAML".formatted(problem.getCodePoint()));
    } catch (YamlEngineException | IndexOutOfBoundsException problem) {
      throw new Unreadable(origin, "not YAML: " + problem.getMessage());
    }
  }

  private void accept(Event event) throws Unreadable {
    switch (event) {
      case MappingStartEvent start -> push(new Frame(start, true));
      case SequenceStartEvent start -> push(new Frame(start, false));
      case ScalarEvent scalar -> add(named(scalar, scalar(scalar)), scalar);
      case AliasEvent alias -> add(aliased(alias), alias);
      default -> {
        if (event.getEventId() == Event.ID.MappingEnd
            || event.getEventId() == Event.ID.SequenceEnd) {
          Frame frame = stack.pop();
          frame.start.getAnchor().ifPresent(open::remove);
          add(named(frame.start, frame.close(event)), frame.start);
        }
      }
    }
  }

  private void push(Frame frame) throws Unreadable {
    if (stack.size() >= limits.depth()) {
      throw unreadable(
          frame.start.getStartMark(), "nested more than %d levels deep".formatted(limits.depth()));
    }
    frame.start.getAnchor().ifPresent(open::add);
    stack.push(frame);
  }

  private Node named(NodeEvent event, Node node) {
    event.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
    return node;
  }

  private Node aliased(AliasEvent alias) throws Unreadable {
    Anchor name = alias.getAlias();
    Node node = anchors.get(name);
    if (open.contains(name)) {
      throw unreadable(alias.getStartMark(), "alias *%s contains itself".formatted(name));
    }
    if (node == null) {
      throw unreadable(alias.getStartMark(), "alias *%s names no anchor".formatted(name));
    }
    return node;
  }

  private void add(Node node, NodeEvent event) throws Unreadable {
    long size = sizeOf(node);
    if (size > limits.nodes()) {
      throw unreadable(
          event.getStartMark(),
          "more than %d values after expanding aliases".formatted(limits.nodes()));
    }
    Frame frame = stack.peek();
    if (frame == null) {
      root = node;
    } else {
      frame.add(node, event);
      if (frame.size > limits.nodes()) {
        throw unreadable(
            event.getStartMark(),
            "more than %d values after expanding aliases".formatted(limits.nodes()));
      }
    }
  }

  private long sizeOf(Node node) {
    return node instanceof Node.Scalar ? 1 : sizes.getOrDefault(node, 1L);
  }

  private Node scalar(ScalarEvent event) throws Unreadable {
    String value = event.getValue();
    String tag = event.getTag().orElse("");
    Object typed =
        switch (tag) {
          case "" -> event.isPlain() ? PlainScalars.typed(value) : value;
          case "!", "tag:yaml.org,2002:str" -> value;
          case "tag:yaml.org,2002:int",
              "tag:yaml.org,2002:float",
              "tag:yaml.org,2002:bool",
              "tag:yaml.org,2002:null" ->
              PlainScalars.typed(value);
          default ->
              throw unreadable(event.getStartMark(), "tag %s is not allowed here".formatted(tag));
        };
    return new Node.Scalar(
        typed, value, !event.isPlain(), place(event.getStartMark()), place(event.getEndMark()));
  }

  /** The parser's names of tokens, as people call them. */
  private static String inWords(String reason) {
    return reason
        .replace(
            "found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for"
                + " indentation)",
            "a tab cannot indent YAML, use spaces")
        .replace(
            "mapping values are not allowed here",
            "mapping values are not allowed here; is the indentation right, and a text with \": \" in"
                + " quotes?")
        .replace("'<", "<")
        .replace(">'", ">")
        .replace("<stream end>", "the end of the text")
        .replace("<document end>", "the end of the document")
        .replace("<document start>", "the start of a document")
        .replace("<block end>", "the end of the block")
        .replace("<block mapping start>", "a key")
        .replace("<block sequence start>", "a list")
        .replace("<scalar>", "a value");
  }

  private Unreadable unreadable(Optional<Mark> mark, String reason) {
    return new Unreadable(place(mark), reason);
  }

  private Place place(Optional<Mark> mark) {
    return mark.map(m -> places.at(m.getIndex(), m.getLine())).orElse(origin);
  }

  /** A document that cannot be read, and where. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Place place;

    Unreadable(Place place, String reason) {
      super(reason, null, false, false);
      this.place = place;
    }

    Place place() {
      return place;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** A collection that is being read. */
  private final class Frame {
    private final NodeEvent start;
    private final boolean mapping;
    private final List<Node> items = new ArrayList<>();
    private final Map<String, Node.Mapping.Entry> entries = new LinkedHashMap<>();
    private final List<Node.Mapping> merged = new ArrayList<>();
    private Node.@Nullable Scalar key;
    private long size = 1;

    Frame(NodeEvent start, boolean mapping) {
      this.start = start;
      this.mapping = mapping;
    }

    void add(Node node, NodeEvent event) throws Unreadable {
      size += sizeOf(node);
      if (!mapping) {
        items.add(node);
      } else if (key == null) {
        if (!(node instanceof Node.Scalar scalar)) {
          throw unreadable(
              event.getStartMark(), "a key must be a text, not an %s".formatted(node.typeName()));
        }
        key = scalar;
      } else {
        put(key, node, event);
        key = null;
      }
    }

    private void put(Node.Scalar key, Node value, NodeEvent event) throws Unreadable {
      if (key.text().equals(MERGE_KEY) && !key.quoted()) {
        merge(value, event);
        return;
      }
      var entry = new Node.Mapping.Entry(key.text(), key.start(), key.end(), value);
      Node.Mapping.Entry earlier = entries.put(key.text(), entry);
      if (earlier != null) {
        throw new Unreadable(
            key.start(),
            "key \"%s\" is already set on line %d"
                .formatted(key.text(), earlier.keyStart().line()));
      }
    }

    private void merge(Node value, NodeEvent event) throws Unreadable {
      switch (value) {
        case Node.Mapping mapping -> merged.add(mapping);
        case Node.Sequence sequence -> {
          for (Node item : sequence.items()) {
            if (!(item instanceof Node.Mapping mapping)) {
              throw unreadable(
                  event.getStartMark(), "<< takes objects, not an %s".formatted(item.typeName()));
            }
            merged.add(mapping);
          }
        }
        case Node.Scalar scalar ->
            throw unreadable(
                event.getStartMark(), "<< takes an object, not a %s".formatted(scalar.typeName()));
      }
    }

    Node close(Event end) {
      Place from = place(start.getStartMark());
      Place to = place(end.getEndMark());
      if (!mapping) {
        return sized(new Node.Sequence(items, from, to));
      }
      // Own keys win over merged ones, earlier merges over later ones.
      for (Node.Mapping source : merged) {
        source.entries().forEach(entries::putIfAbsent);
      }
      return sized(new Node.Mapping(entries, from, to));
    }

    private Node sized(Node node) {
      sizes.put(node, size);
      return node;
    }
  }
}
