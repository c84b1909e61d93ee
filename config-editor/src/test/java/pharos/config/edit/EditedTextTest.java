package pharos.config.edit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

class EditedTextTest {
  private static final List<Node> VALUES =
      List.of(
          Trees.text("plain"),
          Trees.text("with: colon, [and] more"),
          Trees.text("5"),
          Trees.number(7),
          Trees.flag(true),
          Trees.texts(List.of("a", "b, c")),
          Trees.list(List.of()),
          Trees.object(Map.of()),
          Trees.object(
              Map.of("outer", Trees.object(Map.of("inner", Trees.texts(List.of("x", "- y")))))),
          Trees.list(List.of(Trees.object(Map.of("k", Trees.text("v"))))));

  static List<String> names() {
    return Texts.names();
  }

  private static String applied(String text, Operation operation) {
    return EditedText.of(text, Texts.object(text), List.of(operation));
  }

  /** Every path of a tree below the root. */
  private static void paths(Node node, Path at, List<Path> paths) {
    if (!at.steps().isEmpty()) {
      paths.add(at);
    }
    switch (node) {
      case Node.Mapping object ->
          object.entries().forEach((key, entry) -> paths(entry.value(), at.key(key), paths));
      case Node.Sequence array -> {
        for (int i = 0; i < array.items().size(); i++) {
          paths(array.items().get(i), at.index(i), paths);
        }
      }
      case Node.Scalar _ -> {}
    }
  }

  private static Operation random(Node.Mapping root, Random random) {
    List<Path> paths = new ArrayList<>();
    paths(requireNonNull(root.value("spec")), Path.of("spec"), paths);
    Path path = paths.get(random.nextInt(paths.size()));
    Node there = requireNonNull(root.at(path));
    Node value = VALUES.get(random.nextInt(VALUES.size()));
    int kind = random.nextInt(3);
    if (kind == 0 && there instanceof Node.Mapping) {
      return new Operation.Add(path.key("added"), value);
    }
    if (kind == 0 && there instanceof Node.Sequence array) {
      return new Operation.Add(path.index(random.nextInt(array.items().size() + 1)), value);
    }
    return kind == 1 && path.steps().size() > 1
        ? new Operation.Remove(path, there)
        : new Operation.Replace(path, there, value);
  }

  @ParameterizedTest
  @MethodSource("names")
  void of_randomOperations_readsAsTheTreeAfterThem(String name) {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      String text = Texts.named(name);
      Resource object = Texts.object(text);
      for (int i = 0; i < 6; i++) {
        Operation operation = random(object.root(), random);
        Node wanted = Trees.after(object.root(), operation);
        String edited = applied(text, operation);
        object = Texts.object(edited);
        assertThat(Node.sameValue(object.root(), wanted))
            .as("seed %d: %s of %s gave %s", seed, operation.path(), text, edited)
            .isTrue();
        text = edited;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void of_operationAndItsInverse_readsAsBefore(String name) {
    String text = Texts.named(name);
    Resource object = Texts.object(text);
    for (int seed = 0; seed < 200; seed++) {
      Operation operation = random(object.root(), new Random(seed));
      String there = applied(text, operation);
      String back = applied(there, operation.inverse());
      assertThat(Node.sameValue(Texts.object(back).root(), object.root()))
          .as("seed %d: %s", seed, operation.path())
          .isTrue();
      if (operation instanceof Operation.Add && !name.equals("anchors")) {
        assertThat(back).as("seed %d: %s, over %s", seed, operation.path(), there).isEqualTo(text);
      }
    }
  }

  @Test
  void of_addsAndReplacements_leaveEverythingElseOfTheText() {
    List<Operation> operations =
        List.of(
            new Operation.Replace(
                Path.of("spec", "http", 1, "route", 0, "weight"),
                Trees.number(80),
                Trees.number(50)),
            new Operation.Replace(
                Path.of("spec", "http", 1, "route", 1, "destination", "subset"),
                Trees.text("v3"),
                Trees.text("v4")),
            new Operation.Replace(
                Path.of("spec", "http", 0, "timeout"), Trees.text("5s"), Trees.text("2s")),
            new Operation.Add(
                Path.of("spec", "http", 0, "route", 0, "destination", "port"),
                Trees.object(Map.of("number", Trees.number(80)))),
            new Operation.Add(
                Path.of("spec", "http", 1, "route", 0, "destination", "port"),
                Trees.object(Map.of("number", Trees.number(80)))),
            new Operation.Add(
                Path.of("spec", "http", 0, "match", 0, "headers", "end-user", "regex"),
                Trees.text("a{2}")),
            new Operation.Add(
                Path.of("spec", "http", 1),
                Trees.object(Map.of("redirect", Trees.object(Map.of("uri", Trees.text("/")))))),
            new Operation.Remove(Path.of("spec", "http", 0, "name"), Trees.text("jason")));
    assertThat(EditedText.of(Texts.BLOCK, Texts.object(Texts.BLOCK), operations))
        .isEqualTo(
            """
            # who may route what
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: reviews
              namespace: books
              annotations: {note: "kept, as it is"}   # ours
            spec:
              hosts:
                - reviews          # the service
              x-unknown: {a: [1, 2], b: ~}
              http:
                # jason first
                - match:
                    - headers:
                        end-user: {exact: 'jason', regex: "a{2}"}
                  route:
                    - destination:
                        host: reviews
                        subset: v2
                        port:
                          number: 80
                      weight: 100
                      futureField: true   # nobody knows it yet
                  timeout: 2s   # long enough
                - redirect:
                    uri: /

                # and everybody else
                - route:
                  - destination: {host: reviews, subset: v1, port: {number: 80}}
                    weight: 50
                  - destination:
                      host: "reviews"
                      subset: "v4"
                    weight: 20
            # the end
            """);
  }

  @Test
  void of_objectOfAnotherText_isRefused() {
    Resource object = Texts.object(Texts.named("second of three"));
    assertThatThrownBy(() -> EditedText.of(Texts.TIGHT, object, List.of()))
        .hasMessageContaining("is not an object of this text");
  }

  @Test
  void of_pathThatIsNotThere_isRefused() {
    Operation operation =
        new Operation.Remove(Path.of("spec", "http", 9, "timeout"), Trees.text("5s"));
    assertThatThrownBy(() -> applied(Texts.BLOCK, operation))
        .hasMessage("spec.http[9].timeout: the object has no such place");
  }
}
