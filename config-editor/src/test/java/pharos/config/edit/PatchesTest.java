package pharos.config.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

class PatchesTest {
  @Test
  void json_testsTheVersionAndEverythingThatItTakesAway() {
    List<Operation> operations =
        List.of(
            new Operation.Replace(
                Path.of("spec", "http", 0, "weight"), Trees.number(80), Trees.number(50)),
            new Operation.Add(
                Path.of("metadata", "annotations", "a/b~c"), Trees.text("a \"quoted\"\ntext")),
            new Operation.Remove(Path.of("spec", "tcp"), Trees.list(List.of())));
    assertThat(Patches.json(operations, "41"))
        .isEqualTo(
            """
            [{"op": "test", "path": "/metadata/resourceVersion", "value": "41"},
             {"op": "test", "path": "/spec/http/0/weight", "value": 80},
             {"op": "replace", "path": "/spec/http/0/weight", "value": 50},
             {"op": "add", "path": "/metadata/annotations/a~1b~0c", "value": "a \\"quoted\\"\\ntext"},
             {"op": "test", "path": "/spec/tcp", "value": []},
             {"op": "remove", "path": "/spec/tcp"}]\
            """);
  }

  @Test
  void merge_namesWhatChangesAndNothingElse() {
    Node.Mapping before = Texts.object(Texts.TIGHT).root();
    ObjectEditor editor = new ObjectEditor(before);
    editor.set(Path.of("spec", "hosts"), Trees.texts(List.of("reviews", "ratings")));
    editor.set(Path.of("metadata", "labels", "team"), Trees.text("books"));
    editor.remove(Path.of("metadata", "namespace"));
    assertThat(Patches.merge(before, editor.root()))
        .isEqualTo(
            "{\"metadata\": {\"labels\": {\"team\": \"books\"}, \"namespace\": null}, "
                + "\"spec\": {\"hosts\": [\"reviews\", \"ratings\"]}}");
    assertThat(Patches.merge(before, before)).isEqualTo("{}");
  }

  @Test
  void difference_ofRandomObjects_leadsFromOneToTheOther() {
    Random random = new Random(4);
    for (int i = 0; i < 2000; i++) {
      Node.Mapping before = object(random, 3);
      Node.Mapping after = object(random, 3);
      Node reached = before;
      for (Operation operation : Patches.difference(before, after)) {
        reached = Trees.after(reached, operation);
      }
      assertThat(Node.sameValue(reached, after)).isTrue();
      for (Operation operation : EditedText.inverse(Patches.difference(before, after))) {
        reached = Trees.after(reached, operation);
      }
      assertThat(Node.sameValue(reached, before)).isTrue();
    }
  }

  @Test
  void difference_oneWeight_isOneOperation() {
    Node.Mapping before = Texts.object(Texts.BLOCK).root();
    ObjectEditor editor = new ObjectEditor(before);
    editor.set(Path.of("spec", "http", 1, "route", 1, "weight"), Trees.number(30));
    assertThat(Patches.difference(before, editor.root()))
        .extracting(operation -> operation.path().toString())
        .containsExactly("spec.http[1].route[1].weight");
  }

  private static Node.Mapping object(Random random, int depth) {
    ObjectEditor editor = new ObjectEditor((Node.Mapping) Trees.object(Map.of()));
    for (int i = 0; i < random.nextInt(4); i++) {
      editor.set(Path.of("k" + random.nextInt(4)), value(random, depth));
    }
    return editor.root();
  }

  private static Node value(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(4);
    return switch (kind) {
      case 1 -> object(random, depth - 1);
      case 2 -> Trees.list(List.of(value(random, depth - 1), value(random, 0)));
      case 3 -> Trees.list(List.of(object(random, depth - 1)));
      default -> Trees.number(random.nextInt(3));
    };
  }
}
