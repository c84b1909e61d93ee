package pharos.backend.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import pharos.backend.demo.apiserver.Simulator;
import pharos.backend.source.kubernetes.KubernetesWriter;
import pharos.backend.store.Database;
import pharos.backend.store.PgJournal;
import pharos.backend.store.PostgresForTests;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Manifest;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/** A simulated API server, a real journal, and what a test needs to look at both. */
final class ClusterUnderChange implements AutoCloseable {
  static final ChangeSettings QUICK =
      new ChangeSettings(
          Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofMillis(2), Duration.ofMillis(1));

  final Simulator simulator = new Simulator();
  final ClusterWriter cluster = new KubernetesWriter(simulator.client(), Duration.ofSeconds(5));
  final Database database;
  final PgJournal journal;
  final Changes changes;

  /**
   * @param database stays open
   */
  ClusterUnderChange(Database database) {
    this.database = database;
    journal = new PgJournal(database);
    changes = new Changes(cluster, journal, QUICK, Clock.systemUTC());
    simulator.put(
        """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {namespace: shop, name: reviews},
         spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews}}]}], unknown: {kept: 1.5}}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {namespace: shop, name: old},
         spec: {hosts: [old], http: [{route: [{destination: {host: old}}]}]}}
        """);
  }

  /** Creates a rule with subsets, routes to them, adds an entry and deletes a route. */
  Preview fourSteps() {
    return changes.propose(
        "shift reviews",
        "ada",
        read(
            """
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {namespace: shop, name: reviews},
             spec: {hosts: [reviews], http: [{route: [
               {destination: {host: reviews, subset: v1}, weight: 80},
               {destination: {host: reviews, subset: v2}, weight: 20}]}], unknown: {kept: 1.5}}}
            ---
            {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {namespace: shop, name: reviews},
             spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}}
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {namespace: shop, name: out},
             spec: {hosts: [example.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS}}
            """),
        Set.of(new ResourceKey(Kinds.VIRTUAL_SERVICE, "shop", "old")));
  }

  static List<Resource> read(String yaml) {
    DocumentReader.Reading reading = new DocumentReader(Limits.DEFAULT).read("draft", yaml);
    assertThat(reading.refusals()).isEmpty();
    return reading.resources();
  }

  Change apply(Preview preview) {
    Change begun =
        changes.apply(preview.change().id(), preview.change().hash(), Set.of(), null, "ada");
    return ended(begun.id());
  }

  Change ended(UUID id) {
    Simulator.until("ended", () -> changes.find(id).state().ended());
    return changes.find(id);
  }

  /** What people wrote of every object of the mesh, without our marks. */
  Map<String, String> content() {
    Map<String, String> content = new TreeMap<>();
    for (ObjectNode object : simulator.objects.all()) {
      if (!object.path("apiVersion").asText().startsWith("networking.istio.io")) {
        continue;
      }
      JsonNode metadata = object.path("metadata");
      ObjectNode annotations =
          metadata.path("annotations").deepCopy() instanceof ObjectNode found
              ? found
              : com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
      annotations.remove(Manifest.CHANGE_MARK);
      content.put(
          object.path("kind").asText() + " " + metadata.path("name").asText(),
          object.path("spec") + " " + metadata.path("labels") + " " + annotations);
    }
    return content;
  }

  /** As if a process had been silent for longer than it may. */
  void forget(UUID id) throws Exception {
    PostgresForTests.query(
        database,
        "update change_set set alive_at = alive_at - interval '20 seconds' where id = '"
            + id
            + "'");
  }

  @Override
  public void close() {
    changes.close();
    simulator.close();
  }
}
