package pharos.config.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static Resource object(ResourceKey.Kind kind, String namespace, String name) {
    return new Resource(
        new ResourceKey(kind, namespace, name),
        "v1",
        new Node.Mapping(java.util.Map.of(), Place.START, Place.START),
        Resource.Source.LIVE);
  }

  /** A sorted map that is copied whole is the model. */
  @Test
  void overlay_randomEdits_isWhatASortedMapWouldHold() {
    Random random = new Random(7);
    List<ResourceKey.Kind> kinds = List.of(Kinds.GATEWAY, Kinds.K8S_GATEWAY, Kinds.POD);
    TreeMap<ResourceKey, Resource> model = new TreeMap<>();
    Snapshot snapshot = Snapshot.EMPTY;
    for (int i = 0; i < 2_000; i++) {
      Resource put =
          object(kinds.get(random.nextInt(3)), "n" + random.nextInt(3), "x" + random.nextInt(9));
      Resource gone =
          object(kinds.get(random.nextInt(3)), "n" + random.nextInt(3), "x" + random.nextInt(9));
      Snapshot before = snapshot;
      snapshot = snapshot.overlay(List.of(put), Set.of(gone.key()));
      model.remove(gone.key());
      model.put(put.key(), put);
      assertThat(snapshot.all()).containsExactlyElementsOf(model.values());
      assertThat(snapshot.get(gone.key())).isEqualTo(model.get(gone.key()));
      for (ResourceKey.Kind kind : kinds) {
        Snapshot.Changes changes = snapshot.changesOf(kind, before);
        assertThat(before.overlay(changes.put(), Set.copyOf(changes.removed())).all(kind))
            .containsExactlyElementsOf(snapshot.all(kind));
        assertThat(snapshot.kindsThatDiffer(before).contains(kind))
            .isEqualTo(!changes.equals(Snapshot.Changes.NONE));
      }
    }
  }

  @Test
  void index_isKeptWhileItsKindsStay() {
    AtomicInteger built = new AtomicInteger();
    Index<Integer> pods =
        Index.of(
            Set.of(Kinds.POD),
            snapshot -> {
              built.incrementAndGet();
              return snapshot.all(Kinds.POD).size();
            });
    Snapshot one = Snapshot.of(List.of(object(Kinds.POD, "a", "x")));
    assertThat(one.index(pods)).isEqualTo(1);
    assertThat(one.index(pods)).isEqualTo(1);
    Snapshot other = one.overlay(List.of(object(Kinds.SERVICE, "a", "x")), Set.of());
    assertThat(other.index(pods)).isEqualTo(1);
    assertThat(built).hasValue(1);
    Snapshot more = other.overlay(List.of(object(Kinds.POD, "a", "y")), Set.of());
    assertThat(more.index(pods)).isEqualTo(2);
    assertThat(one.index(pods)).isEqualTo(1);
    assertThat(built).hasValue(2);
  }
}
