package pharos.graph.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.graph.GraphKind;
import pharos.graph.NodeId;

/** The table of node ids, reference §3.3, row by row. */
class NodeNamesTest {

  /** Columns: kind, service namespace, service, workload namespace, workload, app, version, id. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          workload    , unknown, ''     , unknown, unknown, unknown, unknown, c_unknown_source
          app         , unknown, ''     , unknown, unknown, unknown, unknown, c_unknown_source
          workload    , unknown, unknown, unknown, unknown, unknown, unknown, svc_c_unknown_unknown
          workload    , ns     , unknown, unknown, unknown, unknown, unknown, svc_c_ns_unknown
          workload    , sn     , s      , wn     , w      , a      , v1     , wl_c_wn_w
          workload    , sn     , s      , unknown, w      , a      , v1     , wl_c_sn_w
          service     , sn     , s      , wn     , w      , a      , v1     , wl_c_wn_w
          workload    , sn     , s      , unknown, unknown, unknown, unknown, svc_c_sn_s
          workload    , sn     , s      , wn     , unknown, a      , v1     , svc_c_wn_s
          versionedApp, sn     , s      , wn     , w      , a      , v1     , vapp_c_wn_w
          versionedApp, sn     , s      , wn     , unknown, a      , v1     , vapp_c_wn_a_v1
          versionedApp, sn     , s      , wn     , unknown, a      , latest , app_c_wn_a
          versionedApp, sn     , s      , wn     , unknown, a      , unknown, app_c_wn_a
          versionedApp, sn     , s      , wn     , w      , unknown, v1     , wl_c_wn_w
          versionedApp, sn     , s      , wn     , unknown, unknown, unknown, svc_c_wn_s
          app         , sn     , s      , wn     , w      , a      , v1     , app_c_wn_a
          app         , sn     , s      , wn     , w      , ''     , v1     , wl_c_wn_w
          app         , sn     , s      , unknown, ''     , ''     , ''     , svc_c_sn_s
          workload    , sn     , ''     , sn     , unknown, a      , v1     ,
          workload    , sn     , ''     , sn     , ''     , ''     , ''     ,
          """)
  void of_labels_givesTheId(
      String kind,
      String serviceNamespace,
      String service,
      String namespace,
      String workload,
      String app,
      String version,
      String id) {
    NodeNames names =
        new NodeNames(
            Arrays.stream(GraphKind.values())
                .filter(value -> value.wireName().equals(kind))
                .findFirst()
                .orElseThrow());
    NodeDraft node = names.of("c", serviceNamespace, service, namespace, workload, app, version);
    assertThat(node == null ? null : node.key).isEqualTo(id);
  }

  /** The hash is what Kiali puts into its JSON. */
  @Test
  void nodeId_hash_isHexSha256OfTheKey() {
    assertThat(NodeId.of("abc").hash())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, true", "10.1.2.3:80, true", "10.1.2, false", "10.1.2.3:, false",
    "10.1.2.3:x, false", "10.1.2.3.4, false", "a.b.c.d, false", "'', false"
  })
  void isAddress(String text, boolean expected) {
    assertThat(Labels.isAddress(text)).isEqualTo(expected);
  }
}
