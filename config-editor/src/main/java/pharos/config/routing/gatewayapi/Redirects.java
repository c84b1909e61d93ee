package pharos.config.routing.gatewayapi;

import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HttpRoute;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;

/** {@code requestRedirect} (R-GWAPI-18). */
final class Redirects {
  /** The API server's default. */
  private static final int FOUND = 302;

  private Redirects() {}

  static HttpRoute.Redirect of(@Nullable Node redirect) {
    String scheme = Fields.text(redirect, "scheme");
    int port = (int) Fields.number(redirect, "port");
    String uri = "";
    String prefixRewrite = "";
    switch (Fields.text(redirect, "path", "type")) {
      case "ReplaceFullPath" -> uri = Fields.text(redirect, "path", "replaceFullPath");
      case "ReplacePrefixMatch" ->
          prefixRewrite = Fields.text(redirect, "path", "replacePrefixMatch");
      default -> {}
    }
    return new HttpRoute.Redirect(
        uri,
        prefixRewrite,
        Fields.text(redirect, "hostname"),
        scheme,
        port,
        derivePort(port, scheme),
        Fields.has(redirect, "statusCode") ? (int) Fields.number(redirect, "statusCode") : FOUND);
  }

  /** Without a port: the default one of a scheme that is given, else the listener's. */
  private static String derivePort(int port, String scheme) {
    if (port != 0) {
      return "";
    }
    return scheme.isEmpty() ? "FROM_REQUEST_PORT" : "FROM_PROTOCOL_DEFAULT";
  }
}
