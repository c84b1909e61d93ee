package pharos.backend.demo.model;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Istio objects that are written as YAML, on the class path or generated. */
final class IstioYaml {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private IstioYaml() {}

  /** The documents of these class path resources, in order. */
  static List<GenericKubernetesResource> resources(String... names) {
    var objects = new ArrayList<GenericKubernetesResource>();
    for (String name : names) {
      try (InputStream in = IstioYaml.class.getClassLoader().getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("class path resource " + name + " is missing");
        }
        objects.addAll(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException(name, e);
      }
    }
    return objects;
  }

  /** The documents of this text. Generic on purpose: typed classes would drop unknown fields. */
  static List<GenericKubernetesResource> parse(String yaml) {
    var objects = new ArrayList<GenericKubernetesResource>();
    for (String document : yaml.split("(?m)^---$", -1)) {
      if (document.lines().anyMatch(line -> line.startsWith("kind:"))) {
        objects.add(SERIALIZATION.unmarshal(document, GenericKubernetesResource.class));
      }
    }
    return objects;
  }
}
