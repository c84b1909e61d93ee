package pharos.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

class CheckedMeshTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void with_randomEdits_saysWhatAFullRunSays(long seed) {
    compare(seed, (int) (20 * seed), 300);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void with_thousandsOfRandomEdits_saysWhatAFullRunSays(long seed) {
    compare(seed, (int) (30 * (seed - 10)), 500);
  }

  /** Small meshes soon see each kind come and go, large ones are richer in quarrels. */
  private static void compare(long seed, int size, int edits) {
    RandomObjects objects = new RandomObjects(new Random(seed));
    List<Resource> start = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      start.add(objects.next());
    }
    List<Check> checks = AllChecks.standard();
    CheckedMesh checked = CheckedMesh.of(checks, MeshView.of(Snapshot.of(start), NOW));
    Random random = new Random(-seed);
    Set<ResourceKey.Kind> edited = new HashSet<>();
    for (int edit = 0; edit < edits; edit++) {
      List<Resource> put = new ArrayList<>();
      Set<ResourceKey> removed = new HashSet<>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        if (random.nextInt(3) == 0) {
          List<Resource> all = List.copyOf(checked.mesh().resources().all());
          removed.add(all.isEmpty() ? objects.key() : all.get(random.nextInt(all.size())).key());
        } else {
          put.add(objects.next());
        }
      }
      put.forEach(resource -> edited.add(resource.key().kind()));
      CheckedMesh next = checked.with(put, removed);
      // Rebuilt from nothing, so no index and no finding can be left over.
      CheckedMesh full =
          CheckedMesh.of(checks, MeshView.of(Snapshot.of(next.mesh().resources().all()), NOW));
      assertThat(texts(next)).as("seed %d edit %d", seed, edit).isEqualTo(texts(full));
      checked = next;
    }
    assertThat(edited).containsAll(objects.kinds());
    assertThat(texts(checked)).isNotEmpty();
  }

  private static List<String> texts(CheckedMesh mesh) {
    return mesh.findings(Analysis.Filter.ALL).stream()
        .map(finding ->
            Analysis.fullText(finding) + " @" + finding.path() + " by " + finding.check())
        .toList();
  }

  /** What a check reads beyond its word would go stale. */
  @Test
  void reads_ofEveryCheck_isAllThatItsFindingsDependOn() {
    RandomObjects objects = new RandomObjects(new Random(99));
    for (int round = 0; round < 20; round++) {
      List<Resource> resources = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        resources.add(objects.next());
      }
      Snapshot all = Snapshot.of(resources);
      for (Check check : AllChecks.named(List.of())) {
        Snapshot declared =
            Snapshot.of(
                all.all().stream()
                    .filter(resource -> check.reads().contains(resource.key().kind()))
                    .toList());
        assertThat(texts(CheckedMesh.of(List.of(check), MeshView.of(declared, NOW))))
            .as(check.name())
            .isEqualTo(texts(CheckedMesh.of(List.of(check), MeshView.of(all, NOW))));
      }
    }
  }

  @Test
  void with_untouchedKinds_runsNothingAgain() {
    Counting gateways = new Counting(Kinds.GATEWAY);
    CheckedMesh checked =
        CheckedMesh.of(List.of(gateways), MeshView.of(Snapshot.of(List.of(gateway("a"))), NOW));
    assertThat(gateways.runs).isEqualTo(1);
    checked.with(List.of(object("Service", "v1", "x")), Set.of());
    assertThat(gateways.runs).isEqualTo(1);
    checked.with(List.of(gateway("b")), Set.of());
    assertThat(gateways.runs).isEqualTo(2);
  }

  @Test
  void with_objectCheck_judgesOnlyWhatChanged() {
    CountingObjects services = new CountingObjects();
    CheckedMesh checked =
        CheckedMesh.of(
            List.of(services),
            MeshView.of(
                Snapshot.of(List.of(object("Service", "v1", "x"), object("Service", "v1", "y"))),
                NOW));
    services.judged.clear();
    CheckedMesh next =
        checked.with(
            List.of(object("Service", "v1", "z")), Set.of(new ResourceKey(Kinds.SERVICE, "", "x")));
    assertThat(services.judged).containsExactly("z");
    assertThat(next.findings(Analysis.Filter.ALL))
        .extracting(Finding::message)
        .containsExactly(
            "Referenced service not found: \"y\"", "Referenced service not found: \"z\"");
    assertThat(checked.findings(Analysis.Filter.ALL))
        .extracting(Finding::message)
        .containsExactly(
            "Referenced service not found: \"x\"", "Referenced service not found: \"y\"");
  }

  @Test
  void with_laterClock_runsOnlyWhatReadsTheClock() {
    Counting timeless = new Counting(Kinds.GATEWAY);
    Counting timely =
        new Counting(Kinds.GATEWAY) {
          @Override
          public boolean readsClock() {
            return true;
          }
        };
    Snapshot snapshot = Snapshot.of(List.of(gateway("a")));
    CheckedMesh.of(List.of(timeless, timely), MeshView.of(snapshot, NOW))
        .with(MeshView.of(snapshot, NOW.plusSeconds(60)));
    assertThat(timeless.runs).isEqualTo(1);
    assertThat(timely.runs).isEqualTo(2);
  }

  @Test
  void with_otherSettings_checksEverythingAgain() {
    Counting check = new Counting(Kinds.GATEWAY);
    Snapshot snapshot = Snapshot.of(List.of(gateway("a")));
    CheckedMesh.of(List.of(check), MeshView.of(snapshot, NOW))
        .with(
            new MeshView(
                snapshot, new MeshView.MeshSettings("elsewhere", null, null), Map.of(), "", NOW));
    assertThat(check.runs).isEqualTo(2);
  }

  @Test
  void findings_sameMessageAtTwoPlaces_areTwo() {
    ObjectCheck twice =
        new CountingObjects() {
          @Override
          public void check(
              Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
            for (String key : List.of("kind", "apiVersion", "kind")) {
              report.accept(finding(resource, Path.of(key), "same"));
            }
          }
        };
    CheckedMesh checked =
        CheckedMesh.of(
            List.of(twice), MeshView.of(Snapshot.of(List.of(object("Service", "v1", "x"))), NOW));
    assertThat(checked.findings(Analysis.Filter.ALL))
        .extracting(f -> f.path().toString())
        .containsExactly("apiVersion", "kind");
  }

  static Resource gateway(String name) {
    return object("Gateway", "networking.istio.io/v1", name);
  }

  static Resource object(String kind, String apiVersion, String name) {
    return new DocumentReader(Limits.DEFAULT)
        .read(
            "",
            "{apiVersion: %s, kind: %s, metadata: {name: %s}}".formatted(apiVersion, kind, name))
        .resources()
        .getFirst();
  }

  static Finding finding(Resource resource, Path path, String name) {
    return Finding.at(
        resource, path, "test", IstioMessage.REFERENCED_RESOURCE_NOT_FOUND, "service", name);
  }

  private static class Counting implements Check {
    private final ResourceKey.Kind kind;
    int runs;

    Counting(ResourceKey.Kind kind) {
      this.kind = kind;
    }

    @Override
    public String name() {
      return "test";
    }

    @Override
    public Set<ResourceKey.Kind> reads() {
      return Set.of(kind);
    }

    @Override
    public void run(MeshView mesh, Consumer<Finding> report) {
      runs++;
    }
  }

  private static class CountingObjects implements ObjectCheck {
    final List<String> judged = new ArrayList<>();

    @Override
    public String name() {
      return "test";
    }

    @Override
    public Set<ResourceKey.Kind> reads() {
      return Set.of(Kinds.SERVICE);
    }

    @Override
    public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
      judged.add(resource.key().name());
      report.accept(finding(resource, Path.ROOT, resource.key().name()));
    }
  }
}
