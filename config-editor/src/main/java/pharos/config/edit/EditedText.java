package pharos.config.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.JsonText;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.YamlText;

/**
 * The text of an object after a change. Only what the change means is written anew: comments,
 * order, quotes and unknown fields around it stay. Every step is read back; where the text is too
 * odd to be edited in place (anchors, tags, tight arrays), the smallest part around it that reads
 * back right is printed again.
 */
public final class EditedText {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

  private final String text;
  private final Node.Mapping root;
  private final TextLayout layout;

  private EditedText(String text, Node.Mapping root) {
    this.text = text;
    this.root = root;
    this.layout = new TextLayout(text);
  }

  /**
   * A text with some operations applied to one of its objects.
   *
   * @param object as it was read from this very text, which may hold others
   * @throws IllegalArgumentException when the object is not of this text or lacks a place that an
   *     operation names
   */
  public static String of(String text, Resource object, List<Operation> operations) {
    List<Resource> resources = READER.read("", text).resources();
    int index = 0;
    while (index < resources.size()
        && resources.get(index).root().start().offset() != object.root().start().offset()) {
      index++;
    }
    if (index == resources.size()) {
      throw new IllegalArgumentException(object.key().origin() + " is not an object of this text");
    }
    String edited = text;
    for (Operation operation : operations) {
      edited = step(edited, index, operation);
    }
    return edited;
  }

  private static String step(String text, int index, Operation operation) {
    Node.Mapping root = READER.read("", text).resources().get(index).root();
    Node wanted = Trees.after(root, operation);
    EditedText editing = new EditedText(text, root);
    String edited = editing.inPlace(operation);
    if (edited != null && reads(edited, index, wanted)) {
      return edited;
    }
    for (Path path = operation.path().parent(); !path.steps().isEmpty(); path = path.parent()) {
      edited = editing.replaced(path, Objects.requireNonNull(wanted.at(path)));
      if (edited != null && reads(edited, index, wanted)) {
        return edited;
      }
    }
    return editing.printedAnew(wanted);
  }

  /** The whole object printed, with whatever stands around it. */
  private String printedAnew(Node wanted) {
    int start = root.start().offset();
    int end = Math.min(root.end().offset(), text.length());
    String printed =
        layout.isFlow(root)
            ? JsonText.spaced(wanted)
            : Printed.fields(wanted, root.start().column() - 1, layout.lineBreak()).stripLeading();
    boolean breaks = end > start && text.charAt(end - 1) == '\n';
    return layout.with(start, end, breaks ? printed + layout.lineBreak() : printed);
  }

  private static boolean reads(String text, int index, Node wanted) {
    List<Resource> resources = READER.read("", text).resources();
    return index < resources.size() && Node.sameValue(resources.get(index).root(), wanted);
  }

  private @Nullable String inPlace(Operation operation) {
    Path path = operation.path();
    Node around = root.at(path.parent());
    return switch (operation) {
      case Operation.Replace replace -> replaced(path, replace.value());
      case Operation.Add add when around instanceof Node.Mapping object ->
          field(path, object, add.value());
      case Operation.Add add when around instanceof Node.Sequence array ->
          item(path, array, add.value());
      case Operation.Remove _ when around instanceof Node.Mapping object ->
          withoutField(path, object);
      case Operation.Remove _ when around instanceof Node.Sequence array ->
          withoutItem(path, array);
      default -> null;
    };
  }

  private static String key(Path path) {
    return path.steps().getLast() instanceof Path.Key key ? key.name() : "";
  }

  private static int index(Path path) {
    return path.steps().getLast() instanceof Path.Index index ? index.position() : 0;
  }

  private @Nullable String replaced(Path path, Node value) {
    if (path.steps().isEmpty()) {
      return null;
    }
    Node old = root.at(path);
    Node around = root.at(path.parent());
    if (old == null || around == null) {
      return null;
    }
    boolean flow = inFlow(path);
    if (old instanceof Node.Scalar before
        && value instanceof Node.Scalar scalar
        && layout.isInline(before)) {
      String inline = Printed.inline(scalar, layout.quote(before), flow);
      if (inline != null) {
        return layout.with(before.start().offset(), before.end().offset(), inline);
      }
    }
    if (flow) {
      return layout.with(old.start().offset(), old.end().offset(), Printed.flow(value, isJson()));
    }
    if (around instanceof Node.Mapping object) {
      Node.Mapping.Entry entry = Objects.requireNonNull(object.entries().get(key(path)));
      int colon = layout.colon(entry);
      int end = layout.entryEnd(entry);
      return colon < 0 || end < 0
          ? null
          : layout.with(
              colon + 1,
              end,
              Printed.value(value, entry.keyStart().column() - 1, layout.lineBreak()));
    }
    int end = layout.end(old);
    String printed = Printed.fields(value, old.start().column() - 1, layout.lineBreak());
    return end < 0 ? null : layout.with(old.start().offset(), end, printed.stripLeading());
  }

  /** Whether a value stands within braces or brackets. */
  private boolean inFlow(Path path) {
    Path at = path;
    while (!at.steps().isEmpty()) {
      at = at.parent();
      Node around = root.at(at);
      if (around != null && layout.isFlow(around)) {
        return true;
      }
    }
    return false;
  }

  private boolean isJson() {
    return layout.isFlow(root) && layout.quotesKeys(root);
  }

  private @Nullable String field(Path path, Node.Mapping object, Node value) {
    if (object.entries().isEmpty()) {
      return replaced(path.parent(), Trees.object(Map.of(key(path), value)));
    }
    Node.Mapping.Entry last = List.copyOf(object.entries().values()).getLast();
    int end = layout.entryEnd(last);
    if (end < 0) {
      return null;
    }
    int indent = last.keyStart().column() - 1;
    if (layout.isFlow(object)) {
      String separator =
          last.keyStart().line() > object.start().line()
              ? "," + layout.lineBreak() + " ".repeat(indent)
              : ", ";
      boolean json = layout.quotesKeys(object);
      String printed = Printed.flow(Trees.text(key(path)), json) + ": " + Printed.flow(value, json);
      return layout.with(end, end, separator + printed);
    }
    int at = layout.lineEnd(end);
    String printed =
        Printed.fields(Trees.object(Map.of(key(path), value)), indent, layout.lineBreak());
    return layout.with(at, at, layout.lineBreak() + printed);
  }

  private @Nullable String item(Path path, Node.Sequence array, Node value) {
    int index = index(path);
    List<Node> items = array.items();
    if (items.isEmpty()) {
      return replaced(path.parent(), Trees.list(List.of(value)));
    }
    if (layout.isFlow(array)) {
      String printed = Printed.flow(value, isJson());
      int at =
          index == items.size() ? layout.end(items.getLast()) : items.get(index).start().offset();
      return layout.with(at, at, index == items.size() ? ", " + printed : printed + ", ");
    }
    int dash = layout.dash(items.getFirst());
    if (dash < 0) {
      return null;
    }
    int indent = dash - layout.lineStart(dash);
    String printed = Printed.item(value, indent, layout.lineBreak());
    if (index == 0) {
      int at = layout.aboveComments(layout.lineStart(dash));
      return layout.with(at, at, printed + layout.lineBreak());
    }
    Node previous = items.get(index - 1);
    int end = TextLayout.isAbsent(previous) ? TextLayout.NONE : layout.end(previous);
    int at = end < 0 ? end : layout.lineEnd(end);
    return at < 0 ? null : layout.with(at, at, layout.lineBreak() + printed);
  }

  private @Nullable String withoutField(Path path, Node.Mapping object) {
    List<Node.Mapping.Entry> entries = List.copyOf(object.entries().values());
    Node.Mapping.Entry gone = Objects.requireNonNull(object.entries().get(key(path)));
    if (entries.size() == 1) {
      return replaced(path.parent(), Trees.object(Map.of()));
    }
    int at = entries.indexOf(gone);
    int end = layout.entryEnd(gone);
    if (end < 0) {
      return null;
    }
    int start = gone.keyStart().offset();
    if (layout.isFlow(object)) {
      return at == 0
          ? layout.with(start, entries.get(1).keyStart().offset(), "")
          : layout.with(layout.entryEnd(entries.get(at - 1)), end, "");
    }
    if (!layout.startsLine(start)) {
      // Beside a dash: the next field takes its place.
      return layout.with(start, entries.get(1).keyStart().offset(), "");
    }
    return layout.withoutLines(start, end);
  }

  private @Nullable String withoutItem(Path path, Node.Sequence array) {
    List<Node> items = array.items();
    int index = index(path);
    Node gone = items.get(index);
    if (items.size() == 1) {
      return replaced(path.parent(), Trees.list(List.of()));
    }
    if (layout.isFlow(array)) {
      return index == 0
          ? layout.with(gone.start().offset(), items.get(1).start().offset(), "")
          : layout.with(layout.end(items.get(index - 1)), layout.end(gone), "");
    }
    int dash = layout.dash(gone);
    int end = TextLayout.isAbsent(gone) ? TextLayout.NONE : layout.end(gone);
    return dash < 0 || end < 0 ? null : layout.withoutLines(dash, end);
  }

  /** The whole object as a text of its own. */
  public static String printed(Node.Mapping root) {
    return YamlText.of(root);
  }

  /** The operations that take back what some operations did, in the order to apply them. */
  public static List<Operation> inverse(List<Operation> operations) {
    List<Operation> inverse = new ArrayList<>();
    for (Operation operation : operations.reversed()) {
      inverse.add(operation.inverse());
    }
    return List.copyOf(inverse);
  }
}
