package pharos.backend.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Inventory.ConfigFlag;
import pharos.graph.sample.Inventory.DataPlane;
import pharos.graph.sample.Inventory.NamespaceFact;
import pharos.graph.sample.Inventory.ObjectRef;
import pharos.graph.sample.Inventory.PortFact;
import pharos.graph.sample.Inventory.ServiceEntryFact;
import pharos.graph.sample.Inventory.ServiceFact;
import pharos.graph.sample.Inventory.WorkloadFact;

final class InventoryCodecTest {
  private static final Inventory MESH =
      new Inventory(
          Map.of(
              "shop", new NamespaceFact("shop", true, false, Map.of("istio-injection", "enabled")),
              "naïve", new NamespaceFact("naïve", false, true, Map.of())),
          List.of(
              new ServiceFact(
                  "east",
                  "shop",
                  "cart",
                  Map.of("app", "cart", "team", "a"),
                  Map.of("app", "cart"),
                  List.of(new PortFact(80, "http", "http"), new PortFact(9000, "", "grpc")),
                  "404,5,10,http,inbound",
                  Set.of(ConfigFlag.MIRRORING, ConfigFlag.VIRTUAL_SERVICE),
                  List.of(new ObjectRef("VirtualService", "shop", "cart")))),
          List.of(
              new WorkloadFact(
                  "east",
                  "shop",
                  "cart-v1",
                  "Deployment",
                  "cart",
                  "v1",
                  Map.of("app", "cart"),
                  3,
                  2,
                  1,
                  -1,
                  DataPlane.WAYPOINT,
                  null,
                  List.of())),
          List.of(
              new ServiceEntryFact(
                  "east", "shop", "api", List.of("b.example", "a.example"), false, Set.of("*"))));

  @Test
  void decode_ofEncoded_isTheSame() {
    assertThat(InventoryCodec.decode(InventoryCodec.encode(MESH))).isEqualTo(MESH);
    Inventory none = Inventory.unknown();
    assertThat(InventoryCodec.decode(InventoryCodec.encode(none))).isEqualTo(none);
  }

  @Test
  void encode_sameContent_isSameBytes() {
    Inventory again = InventoryCodec.decode(InventoryCodec.encode(MESH));
    assertThat(InventoryCodec.encode(again)).isEqualTo(InventoryCodec.encode(MESH));
  }

  @Test
  void decode_ofAnythingElse_isRefused() {
    byte[] whole = InventoryCodec.encode(MESH);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> InventoryCodec.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
    byte[] newer = whole.clone();
    newer[0] = 99;
    assertThatThrownBy(() -> InventoryCodec.decode(newer)).hasMessageContaining("version 99");
  }
}
