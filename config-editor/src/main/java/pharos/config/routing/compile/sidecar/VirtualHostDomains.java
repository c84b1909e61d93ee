package pharos.config.routing.compile.sidecar;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.registry.ServiceRegistry;

/** By which names clients of a namespace reach a service (R-OB-12, R-OB-13). */
final class VirtualHostDomains {
  private final String namespace;
  private final String suffix;
  private final ServiceRegistry registry;

  VirtualHostDomains(String namespace, MeshConfig mesh, ServiceRegistry registry) {
    this.namespace = namespace;
    this.suffix = ".svc." + mesh.clusterDomain();
    this.registry = registry;
  }

  /**
   * Names of a service.
   *
   * @param all in order, lower case, without repetition
   * @param variants those that were made by leaving parts of a full name out: they give way to a
   *     service of that very name (R-OB-14)
   */
  record Domains(List<String> all, Set<String> variants) {}

  /** Names of a service; with {@code :port} variants where ports in Host count (R-OB-13). */
  Domains of(MeshService service, int port, boolean withPort) {
    Set<String> variants = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    add(service.host(), names, variants);
    for (MeshService alias : registry.aliasesOf(service)) {
      add(alias.host(), names, variants);
    }
    if (service.headless()) {
      List.copyOf(names).forEach(name -> names.add("*." + name));
    }
    for (String address : service.addresses()) {
      if (!address.contains("/")) {
        names.add(bracketed(address));
      }
    }
    List<String> all = new ArrayList<>();
    for (String name : names) {
      String domain = name.toLowerCase(Locale.ROOT);
      all.add(domain);
      if (withPort) {
        all.add(domain + ":" + port);
      }
    }
    return new Domains(all, variants);
  }

  /** The SNI names of a TLS service that only its name tells from others (R-L4-4). */
  List<String> serverNames(MeshService service) {
    Set<String> names = new LinkedHashSet<>(List.of(service.host()));
    for (MeshService alias : registry.aliasesOf(service)) {
      names.add(alias.host());
      names.addAll(variants(alias.host()));
    }
    return List.copyOf(names);
  }

  private void add(String host, Set<String> names, Set<String> variants) {
    names.add(bracketed(host));
    if (!isAddress(host)) {
      names.add(host + ".");
    }
    List<String> shorter = variants(host);
    names.addAll(shorter);
    variants.addAll(shorter);
  }

  private List<String> variants(String host) {
    if (!host.endsWith(suffix)) {
      return List.of();
    }
    String head = host.substring(0, host.length() - suffix.length());
    int dot = head.indexOf('.');
    if (dot < 0) {
      return List.of();
    }
    return head.substring(dot + 1).equals(namespace)
        ? List.of(head.substring(0, dot), head + ".svc", head)
        : List.of(head, head + ".svc");
  }

  private static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static boolean isAddress(String host) {
    return host.contains(":") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
