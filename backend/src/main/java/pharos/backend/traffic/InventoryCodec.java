package pharos.backend.traffic;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Inventory.ConfigFlag;
import pharos.graph.sample.Inventory.DataPlane;
import pharos.graph.sample.Inventory.NamespaceFact;
import pharos.graph.sample.Inventory.ObjectRef;
import pharos.graph.sample.Inventory.PortFact;
import pharos.graph.sample.Inventory.ServiceEntryFact;
import pharos.graph.sample.Inventory.ServiceFact;
import pharos.graph.sample.Inventory.WorkloadFact;

/**
 * The cluster's content as bytes for the history. Each text is written once and then named by its
 * number: names and labels repeat a lot. The same inventory gives the same bytes.
 */
final class InventoryCodec {
  private static final int VERSION = 1;
  private static final int MAX_ITEMS = 1_000_000;

  private InventoryCodec() {}

  static byte[] encode(Inventory inventory) {
    var bytes = new ByteArrayOutputStream(16 << 10);
    try (var out = new DataOutputStream(bytes)) {
      new Writer(out).inventory(inventory);
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IllegalArgumentException when these bytes are not an inventory
   */
  static Inventory decode(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new Reader(in).inventory();
    } catch (IOException e) {
      throw new IllegalArgumentException("bytes that end too early (expected: an inventory)", e);
    }
  }

  private static final class Writer {
    private final DataOutputStream out;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    Writer(DataOutputStream out) {
      this.out = out;
    }

    void inventory(Inventory inventory) throws IOException {
      out.writeByte(VERSION);
      out.writeInt(inventory.namespaces().size());
      for (NamespaceFact fact : new TreeMap<>(inventory.namespaces()).values()) {
        text(fact.name());
        out.writeBoolean(fact.injection());
        out.writeBoolean(fact.ambient());
        texts(fact.labels());
      }
      out.writeInt(inventory.services().size());
      for (ServiceFact fact : inventory.services()) {
        text(fact.cluster());
        text(fact.namespace());
        text(fact.name());
        texts(fact.labels());
        texts(fact.selector());
        out.writeInt(fact.ports().size());
        for (PortFact port : fact.ports()) {
          out.writeInt(port.number());
          text(port.name());
          text(port.protocol());
        }
        nullable(fact.healthRate());
        texts(fact.config().stream().map(ConfigFlag::name).sorted().toList());
        objects(fact.objects());
      }
      out.writeInt(inventory.workloads().size());
      for (WorkloadFact fact : inventory.workloads()) {
        workload(fact);
      }
      out.writeInt(inventory.serviceEntries().size());
      for (ServiceEntryFact fact : inventory.serviceEntries()) {
        text(fact.cluster());
        text(fact.namespace());
        text(fact.name());
        texts(fact.hosts());
        out.writeBoolean(fact.internal());
        texts(new TreeSet<>(fact.exportTo()).stream().toList());
      }
    }

    private void workload(WorkloadFact fact) throws IOException {
      text(fact.cluster());
      text(fact.namespace());
      text(fact.name());
      text(fact.kind());
      text(fact.app());
      text(fact.version());
      texts(fact.labels());
      out.writeInt(fact.desired());
      out.writeInt(fact.current());
      out.writeInt(fact.available());
      out.writeInt(fact.syncedProxies());
      text(fact.dataPlane().name());
      nullable(fact.healthRate());
      objects(fact.objects());
    }

    private void objects(List<ObjectRef> objects) throws IOException {
      out.writeInt(objects.size());
      for (ObjectRef object : objects) {
        text(object.kind());
        text(object.namespace());
        text(object.name());
      }
    }

    private void texts(List<String> texts) throws IOException {
      out.writeInt(texts.size());
      for (String text : texts) {
        text(text);
      }
    }

    private void texts(Map<String, String> texts) throws IOException {
      out.writeInt(texts.size());
      for (Map.Entry<String, String> entry : new TreeMap<>(texts).entrySet()) {
        text(entry.getKey());
        text(entry.getValue());
      }
    }

    private void nullable(@Nullable String text) throws IOException {
      out.writeBoolean(text != null);
      if (text != null) {
        text(text);
      }
    }

    /**
     * A number below the count of texts so far names one of them; the count itself is a new one.
     */
    private void text(String text) throws IOException {
      Integer known = numbers.putIfAbsent(text, numbers.size());
      if (known != null) {
        out.writeInt(known);
      } else {
        out.writeInt(numbers.size() - 1);
        out.writeUTF(text);
      }
    }
  }

  private static final class Reader {
    private final DataInputStream in;
    private final List<String> known = new ArrayList<>();

    Reader(DataInputStream in) {
      this.in = in;
    }

    Inventory inventory() throws IOException {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "inventory of version %d (expected: %d)".formatted(version, VERSION));
      }
      Map<String, NamespaceFact> namespaces = new LinkedHashMap<>();
      for (int left = count(); left > 0; left--) {
        var fact = new NamespaceFact(text(), in.readBoolean(), in.readBoolean(), map());
        namespaces.put(fact.name(), fact);
      }
      List<ServiceFact> services = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        services.add(
            new ServiceFact(
                text(), text(), text(), map(), map(), ports(), nullable(), flags(), objects()));
      }
      List<WorkloadFact> workloads = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        workloads.add(
            new WorkloadFact(
                text(),
                text(),
                text(),
                text(),
                text(),
                text(),
                map(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                DataPlane.valueOf(text()),
                nullable(),
                objects()));
      }
      List<ServiceEntryFact> entries = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        entries.add(
            new ServiceEntryFact(
                text(), text(), text(), list(), in.readBoolean(), Set.copyOf(list())));
      }
      return new Inventory(namespaces, services, workloads, entries);
    }

    private List<PortFact> ports() throws IOException {
      List<PortFact> ports = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        ports.add(new PortFact(in.readInt(), text(), text()));
      }
      return ports;
    }

    private Set<ConfigFlag> flags() throws IOException {
      Set<ConfigFlag> flags = EnumSet.noneOf(ConfigFlag.class);
      for (String name : list()) {
        flags.add(ConfigFlag.valueOf(name));
      }
      return flags;
    }

    private List<ObjectRef> objects() throws IOException {
      List<ObjectRef> objects = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        objects.add(new ObjectRef(text(), text(), text()));
      }
      return objects;
    }

    private List<String> list() throws IOException {
      List<String> texts = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        texts.add(text());
      }
      return texts;
    }

    private Map<String, String> map() throws IOException {
      Map<String, String> texts = new LinkedHashMap<>();
      for (int left = count(); left > 0; left--) {
        texts.put(text(), text());
      }
      return texts;
    }

    private @Nullable String nullable() throws IOException {
      return in.readBoolean() ? text() : null;
    }

    private String text() throws IOException {
      int number = in.readInt();
      if (number == known.size()) {
        known.add(in.readUTF());
      } else if (number < 0 || number > known.size()) {
        throw new IllegalArgumentException(
            "text number %d (expected: at most %d)".formatted(number, known.size()));
      }
      return known.get(number);
    }

    private int count() throws IOException {
      int count = in.readInt();
      if (count < 0 || count > MAX_ITEMS) {
        throw new IllegalArgumentException(
            "list of %d items (expected: at most %d)".formatted(count, MAX_ITEMS));
      }
      return count;
    }
  }
}
