package pharos.config.check.schema;

import org.jspecify.annotations.Nullable;
import pharos.config.resource.Path;

/** The host part of {@code namespace/host} entries (analysis catalog 6.2 and 6.6). */
final class HostEntries {
  private HostEntries() {}

  static void dnsName(String host, boolean addresses, Path path, Verdicts verdicts) {
    verdicts.errorIf(
        !host.equals("*") && !host.contains("."), path, "short names (non FQDN) are not allowed");
    @Nullable String wrong = Names.wildcardDomain(host);
    if (wrong != null && !(addresses && Names.isIp(host))) {
      verdicts.error(path, wrong);
    }
    verdicts.errorIf(path, Names.partialWildcard(host));
  }
}
