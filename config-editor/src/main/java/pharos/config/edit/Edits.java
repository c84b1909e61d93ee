package pharos.config.edit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Place;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/** Does what an {@link Edit} means, on whatever object there is. */
public final class Edits {
  private Edits() {}

  /** What an edit changes in a mesh. */
  public static Edited apply(Edit edit, Snapshot mesh) {
    try {
      return switch (edit) {
        case Edit.ShiftWeights shift -> object(edit, mesh, editor -> Weights.shift(shift, editor));
        case Edit.RouteRequests route -> object(edit, mesh, editor -> Rules.insert(route, editor));
        case Edit.RemoveRule remove -> object(edit, mesh, editor -> Rules.remove(remove, editor));
        case Edit.SetTimeout timeout ->
            object(edit, mesh, editor -> RuleSettings.timeout(timeout, editor));
        case Edit.SetRetries retries ->
            object(edit, mesh, editor -> RuleSettings.retries(retries, editor));
        case Edit.SetFault fault -> object(edit, mesh, editor -> RuleSettings.fault(fault, editor));
        case Edit.SetMirror mirror ->
            object(edit, mesh, editor -> RuleSettings.mirror(mirror, editor));
        case Edit.Redirect redirect ->
            object(edit, mesh, editor -> RuleSettings.redirect(redirect, editor));
        case Edit.SetRewrite rewrite ->
            object(edit, mesh, editor -> RuleSettings.rewrite(rewrite, editor));
        case Edit.SetHeaders headers ->
            object(edit, mesh, editor -> RuleSettings.headers(headers, editor));
        case Edit.SplitDelegate split -> Delegates.split(split, mesh);
        case Edit.PutSubset subset -> object(edit, mesh, editor -> Subsets.put(subset, editor));
        case Edit.RemoveSubset subset ->
            object(edit, mesh, editor -> Subsets.remove(subset, editor));
        case Edit.SetConnectionPool pool ->
            object(edit, mesh, editor -> Policies.pool(pool, editor));
        case Edit.SetOutlierDetection detection ->
            object(edit, mesh, editor -> Policies.outliers(detection, editor));
        case Edit.SetLoadBalancer balancer ->
            object(edit, mesh, editor -> Policies.balancer(balancer, editor));
        case Edit.PutServer server -> object(edit, mesh, editor -> Servers.put(server, editor));
        case Edit.RemoveServer server ->
            object(edit, mesh, editor -> Servers.remove(server, editor));
        case Edit.WriteText text -> written(text, mesh.get(text.object()));
      };
    } catch (NotPossible e) {
      return new Edited.Refused(e.getMessage());
    }
  }

  /** An edit that the object does not allow; the message says why, for people. */
  static final class NotPossible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPossible(String reason) {
      super(reason, null, false, false);
    }

    @Override
    public String getMessage() {
      return Objects.requireNonNull(super.getMessage());
    }
  }

  private static Edited object(Edit edit, Snapshot mesh, Consumer<ObjectEditor> change) {
    Resource before = mesh.get(edit.object());
    ObjectEditor editor = new ObjectEditor(before == null ? created(edit) : before.root());
    change.accept(editor);
    if (before == null) {
      return new Edited.Changed(List.of(creation(edit.object(), editor.root())));
    }
    return editor.operations().isEmpty()
        ? new Edited.Changed(List.of())
        : new Edited.Changed(List.of(Edited.change(before, editor.root(), editor.operations())));
  }

  static Edited.ObjectChange creation(ResourceKey key, Node.Mapping root) {
    return new Edited.ObjectChange(
        key, null, new Resource(key, version(key), root, Resource.Source.LIVE), List.of());
  }

  /** The smallest object on which the edit can work. */
  private static Node.Mapping created(Edit edit) {
    ObjectEditor object = new ObjectEditor(empty(edit.object()));
    Path spec = Path.of("spec");
    switch (edit) {
      case Edit.ShiftWeights shift when isVirtualService(edit) -> hosts(object, shift.host());
      case Edit.RouteRequests route -> hosts(object, route.host());
      case Edit.SetTimeout timeout -> route(object, timeout.host());
      case Edit.SetRetries retries -> route(object, retries.host());
      case Edit.SetFault fault -> route(object, fault.host());
      case Edit.SetMirror mirror -> route(object, mirror.host());
      case Edit.Redirect redirect -> route(object, redirect.host());
      case Edit.SetRewrite rewrite -> route(object, rewrite.host());
      case Edit.SetHeaders headers -> route(object, headers.host());
      case Edit.PutSubset subset -> object.set(spec.key("host"), Trees.text(subset.host()));
      case Edit.SetConnectionPool pool -> object.set(spec.key("host"), Trees.text(pool.host()));
      case Edit.SetOutlierDetection outliers ->
          object.set(spec.key("host"), Trees.text(outliers.host()));
      case Edit.SetLoadBalancer balancer ->
          object.set(spec.key("host"), Trees.text(balancer.host()));
      case Edit.PutServer server ->
          object.set(spec.key("selector"), Trees.texts(server.selector()));
      case Edit.ShiftWeights _,
          Edit.RemoveRule _,
          Edit.SplitDelegate _,
          Edit.RemoveSubset _,
          Edit.RemoveServer _,
          Edit.WriteText _ ->
          throw new NotPossible("there is no %s to change".formatted(edit.object().origin()));
    }
    return object.root();
  }

  private static boolean isVirtualService(Edit edit) {
    return edit.object().kind().equals(Kinds.VIRTUAL_SERVICE);
  }

  private static void hosts(ObjectEditor object, String host) {
    object.set(Path.of("spec", "hosts"), Trees.texts(List.of(host)));
  }

  /** What the mesh does anyway, written down so that a setting has a place. */
  private static void route(ObjectEditor object, String host) {
    hosts(object, host);
    Node destination = Trees.object(Map.of("host", Trees.text(host)));
    object.append(
        Path.of("spec", "http"),
        Trees.object(
            Map.of(
                "route", Trees.list(List.of(Trees.object(Map.of("destination", destination)))))));
  }

  static Node.Mapping empty(ResourceKey key) {
    ObjectEditor object = new ObjectEditor((Node.Mapping) Trees.object(Map.of()));
    object.set(Path.of("apiVersion"), Trees.text(version(key)));
    object.set(Path.of("kind"), Trees.text(key.kind().name()));
    object.set(Path.of("metadata", "name"), Trees.text(key.name()));
    if (!key.namespace().isEmpty()) {
      object.set(Path.of("metadata", "namespace"), Trees.text(key.namespace()));
    }
    return object.root();
  }

  private static String version(ResourceKey key) {
    Kinds.Facts facts = Kinds.facts(key.kind());
    if (facts == null) {
      throw new NotPossible(key.kind() + " is not a kind that Pharos knows");
    }
    String version = facts.versions().getFirst();
    return key.kind().group().isEmpty() ? version : key.kind().group() + "/" + version;
  }

  private static Edited written(Edit.WriteText edit, @Nullable Resource before) {
    DocumentReader.Reading reading = new DocumentReader(Limits.DEFAULT).read("text", edit.yaml());
    if (!reading.refusals().isEmpty()) {
      return new Edited.Refused(reading.refusals().getFirst().toString());
    }
    if (reading.resources().size() != 1) {
      return new Edited.Refused(
          "the text holds %d objects (expected: 1)".formatted(reading.resources().size()));
    }
    Resource written = reading.resources().getFirst();
    if (!same(written.key(), edit.object())) {
      Place place = written.placeOf(Path.of("metadata", "name"));
      return new Edited.Refused(
          "text:%d:%d: the text is %s (expected: %s)"
              .formatted(
                  place.line(), place.column(), written.key().origin(), edit.object().origin()));
    }
    if (before == null) {
      return new Edited.Changed(List.of(creation(edit.object(), written.root())));
    }
    List<Operation> operations = Patches.difference(before.root(), written.root());
    return operations.isEmpty()
        ? new Edited.Changed(List.of())
        : new Edited.Changed(List.of(Edited.change(before, written.root(), operations)));
  }

  /** A text may leave the namespace out. */
  private static boolean same(ResourceKey written, ResourceKey wanted) {
    return written.kind().equals(wanted.kind())
        && written.name().equals(wanted.name())
        && (written.namespace().isEmpty() || written.namespace().equals(wanted.namespace()));
  }
}
