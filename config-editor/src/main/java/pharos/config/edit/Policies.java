package pharos.config.edit;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Path;

/** Settings of the traffic policy of a host or a subset. */
final class Policies {
  private static final Path SPEC = Path.of("spec");

  private Policies() {}

  /** The holder of a traffic policy: the rule itself, or one of its subsets. */
  private static Path holder(Edit edit, String subset, ObjectEditor editor) {
    if (subset.isEmpty()) {
      return SPEC;
    }
    int at = Subsets.find(subset, editor);
    if (at < 0) {
      throw new Edits.NotPossible("%s has no subset %s".formatted(edit.object().origin(), subset));
    }
    return SPEC.key("subsets").index(at);
  }

  static void pool(Edit.SetConnectionPool edit, ObjectEditor editor) {
    Path holder = holder(edit, edit.subset(), editor);
    Path pool = holder.key("trafficPolicy").key("connectionPool");
    Edit.ConnectionPool wanted = edit.pool();
    if (wanted == null) {
      editor.prune(pool, holder);
      return;
    }
    number(editor, pool.key("tcp").key("maxConnections"), wanted.maxConnections(), holder);
    duration(editor, pool.key("tcp").key("connectTimeout"), wanted.connectTimeout(), holder);
    Path http = pool.key("http");
    number(editor, http.key("http1MaxPendingRequests"), wanted.http1MaxPendingRequests(), holder);
    number(editor, http.key("http2MaxRequests"), wanted.http2MaxRequests(), holder);
    number(editor, http.key("maxRequestsPerConnection"), wanted.maxRequestsPerConnection(), holder);
    number(editor, http.key("maxRetries"), wanted.maxRetries(), holder);
  }

  static void outliers(Edit.SetOutlierDetection edit, ObjectEditor editor) {
    Path holder = holder(edit, edit.subset(), editor);
    Path outliers = holder.key("trafficPolicy").key("outlierDetection");
    Edit.OutlierDetection wanted = edit.detection();
    if (wanted == null) {
      editor.prune(outliers, holder);
      return;
    }
    number(editor, outliers.key("consecutive5xxErrors"), wanted.consecutive5xxErrors(), holder);
    number(
        editor,
        outliers.key("consecutiveGatewayErrors"),
        wanted.consecutiveGatewayErrors(),
        holder);
    duration(editor, outliers.key("interval"), wanted.interval(), holder);
    duration(editor, outliers.key("baseEjectionTime"), wanted.baseEjectionTime(), holder);
    number(editor, outliers.key("maxEjectionPercent"), wanted.maxEjectionPercent(), holder);
    number(editor, outliers.key("minHealthPercent"), wanted.minHealthPercent(), holder);
  }

  static void balancer(Edit.SetLoadBalancer edit, ObjectEditor editor) {
    Path holder = holder(edit, edit.subset(), editor);
    Path balancer = holder.key("trafficPolicy").key("loadBalancer");
    Path hash = balancer.key("consistentHash");
    Edit.LoadBalancer wanted = edit.balancer();
    if (!(wanted instanceof Edit.LoadBalancer.Simple) && wanted != null) {
      editor.remove(balancer.key("simple"));
      for (String key :
          List.of("httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName")) {
        if (!key.equals(key(wanted))) {
          editor.remove(hash.key(key));
        }
      }
    }
    switch (wanted) {
      case null -> {
        editor.prune(balancer.key("simple"), holder);
        editor.prune(hash, holder);
      }
      case Edit.LoadBalancer.Simple simple -> {
        editor.remove(hash);
        editor.set(balancer.key("simple"), Trees.text(simple.algorithm()));
      }
      case Edit.LoadBalancer.HeaderHash header ->
          editor.set(hash.key("httpHeaderName"), Trees.text(header.header()));
      case Edit.LoadBalancer.CookieHash cookie -> {
        editor.set(hash.key("httpCookie").key("name"), Trees.text(cookie.cookie()));
        RuleSettings.duration(editor, hash.key("httpCookie").key("ttl"), cookie.lifetime());
      }
      case Edit.LoadBalancer.SourceHash _ -> editor.set(hash.key("useSourceIp"), Trees.flag(true));
      case Edit.LoadBalancer.ParameterHash parameter ->
          editor.set(hash.key("httpQueryParameterName"), Trees.text(parameter.parameter()));
    }
  }

  private static String key(Edit.LoadBalancer balancer) {
    return switch (balancer) {
      case Edit.LoadBalancer.Simple _ -> "simple";
      case Edit.LoadBalancer.HeaderHash _ -> "httpHeaderName";
      case Edit.LoadBalancer.CookieHash _ -> "httpCookie";
      case Edit.LoadBalancer.SourceHash _ -> "useSourceIp";
      case Edit.LoadBalancer.ParameterHash _ -> "httpQueryParameterName";
    };
  }

  private static void number(ObjectEditor editor, Path path, @Nullable Integer number, Path upTo) {
    if (number == null) {
      editor.prune(path, upTo);
    } else {
      editor.set(path, Trees.number(number));
    }
  }

  private static void duration(
      ObjectEditor editor, Path path, @Nullable Duration duration, Path upTo) {
    if (duration == null) {
      editor.prune(path, upTo);
    } else {
      RuleSettings.duration(editor, path, duration);
    }
  }
}
