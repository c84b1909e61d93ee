package pharos.backend.route;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.IpAddresses;
import pharos.config.routing.Proxy;
import pharos.config.routing.Request;

/** Reads questions as JSON. What is left out is what a client with DNS would do. */
public final class QuestionReader {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private static final Set<String> FIELDS =
      Set.of("id", "from", "to", "scheme", "method", "authority", "path", "headers", "claims");
  private static final Set<String> FROM =
      Set.of("kind", "namespace", "labels", "addresses", "locality");
  private static final Set<String> TO = Set.of("port", "ip", "sni", "tls");

  private final String namespace;
  private final Set<String> unknown = new TreeSet<>();

  /**
   * @param namespace of proxies that name none
   */
  public QuestionReader(String namespace) {
    this.namespace = namespace;
  }

  /** Fields that were there and mean nothing, over all questions so far. */
  public Set<String> unknownFields() {
    return unknown;
  }

  /**
   * Reads one question.
   *
   * @throws BadQuestion when it cannot be read
   */
  public Question read(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JacksonException e) {
      JsonLocation at = e.getLocation();
      throw new BadQuestion(
          "no JSON%s: %s"
              .formatted(
                  at == null ? "" : " at column " + at.getColumnNr(), e.getOriginalMessage()));
    }
    return read(root);
  }

  /**
   * Reads one question.
   *
   * @throws BadQuestion when it cannot be read
   */
  public Question read(JsonNode root) {
    if (!root.isObject()) {
      throw new BadQuestion("a request is a JSON object, got %s".formatted(shortened(root)));
    }
    known(root, FIELDS, "");
    JsonNode id = root.path("id");
    return new Question(
        id.isNumber() ? id.asText() : text(root, "id", ""),
        proxy(root.path("from")),
        request(root));
  }

  private void known(JsonNode object, Set<String> fields, String prefix) {
    object
        .fieldNames()
        .forEachRemaining(name -> {
          if (!fields.contains(name)) {
            unknown.add(prefix + name);
          }
        });
  }

  private Proxy proxy(JsonNode from) {
    if (from.isMissingNode() || from.isNull()) {
      return Proxy.sidecar(namespace, Map.of());
    }
    if (!from.isObject()) {
      throw new BadQuestion("from: expected an object, got %s".formatted(shortened(from)));
    }
    known(from, FROM, "from.");
    String kind = text(from, "kind", "sidecar");
    return new Proxy(
        switch (kind) {
          case "sidecar" -> Proxy.Kind.SIDECAR;
          case "gateway" -> Proxy.Kind.GATEWAY;
          case "waypoint" -> Proxy.Kind.WAYPOINT;
          default ->
              throw new BadQuestion(
                  "from.kind: expected sidecar, gateway or waypoint, got \"%s\"".formatted(kind));
        },
        text(from, "namespace", namespace),
        texts(from, "labels"),
        list(from, "addresses"),
        text(from, "locality", ""));
  }

  private Request request(JsonNode root) {
    Map<String, String> headers = texts(root, "headers");
    String authority = text(root, "authority", "");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (authority.isEmpty() && header.getKey().equalsIgnoreCase("host")) {
        authority = header.getValue();
      }
    }
    String path = text(root, "path", "");
    boolean http =
        root.hasNonNull("method") || !path.isEmpty() || (!headers.isEmpty() && root.has("headers"));
    String method = http ? text(root, "method", "GET") : "";
    JsonNode to = root.path("to");
    if (!to.isMissingNode() && !to.isNull() && !to.isObject()) {
      throw new BadQuestion("to: expected an object, got %s".formatted(shortened(to)));
    }
    known(to, TO, "to.");
    String scheme = text(root, "scheme", "").toLowerCase(Locale.ROOT);
    if (!scheme.isEmpty() && !scheme.equals("http") && !scheme.equals("https")) {
      throw new BadQuestion("scheme: expected http or https, got \"%s\"".formatted(scheme));
    }
    String sni = text(to, "sni", "");
    boolean tls = to.hasNonNull("tls") ? flag(to, "tls") : scheme.equals("https") || !sni.isEmpty();
    String host = host(authority);
    if (tls && !to.has("sni") && !host.isEmpty() && IpAddresses.bytes(host) == null) {
      sni = host; // as every client does
    }
    String ip = text(to, "ip", "");
    if (!ip.isEmpty() && IpAddresses.bytes(ip) == null) {
      throw new BadQuestion("to.ip: expected an IP address, got \"%s\"".formatted(ip));
    }
    if (http && !path.isEmpty() && !path.startsWith("/") && !method.equals("OPTIONS")) {
      throw new BadQuestion("path: expected a text that begins with /, got \"%s\"".formatted(path));
    }
    return new Request(
        port(to, authority, tls),
        ip.isEmpty() ? null : ip,
        sni.isEmpty() ? null : sni,
        tls,
        scheme.isEmpty() ? (tls ? "https" : "http") : scheme,
        method,
        authority,
        http && path.isEmpty() ? "/" : path,
        headers,
        claims(root.path("claims")));
  }

  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean port = colon > 0 && authority.substring(colon + 1).chars().allMatch(Character::isDigit);
    return port ? authority.substring(0, colon) : authority;
  }

  private static int port(JsonNode to, String authority, boolean tls) {
    JsonNode given = to.path("port");
    String host = host(authority);
    boolean inAuthority = host.length() < authority.length();
    if (given.isMissingNode() || given.isNull()) {
      int port = inAuthority ? number(authority.substring(host.length() + 1)) : tls ? 443 : 80;
      return valid(port, inAuthority ? authority : "");
    }
    return valid(given.isIntegralNumber() ? given.asLong() : 0, shortened(given));
  }

  private static int valid(long port, String got) {
    if (port < 1 || port > 65_535) {
      throw new BadQuestion("to.port: expected 1 to 65535, got %s".formatted(got));
    }
    return (int) port;
  }

  /** A number of at most five digits; what is longer is no port anyway. */
  private static int number(String digits) {
    return digits.isEmpty() || digits.length() > 5 ? 0 : Integer.parseInt(digits);
  }

  private static Map<String, List<String>> claims(JsonNode claims) {
    if (claims.isMissingNode() || claims.isNull()) {
      return Map.of();
    }
    if (!claims.isObject()) {
      throw new BadQuestion("claims: expected an object, got %s".formatted(shortened(claims)));
    }
    Map<String, List<String>> flat = new TreeMap<>();
    flatten(claims, "", flat);
    return flat;
  }

  /** Objects become dotted paths (R-HTTP-19). */
  private static void flatten(JsonNode object, String prefix, Map<String, List<String>> flat) {
    object
        .properties()
        .forEach(claim -> {
          JsonNode value = claim.getValue();
          if (value.isObject()) {
            flatten(value, prefix + claim.getKey() + ".", flat);
          } else {
            List<String> values = new ArrayList<>();
            (value.isArray() ? value : List.of(value)).forEach(one -> values.add(one.asText()));
            flat.put(prefix + claim.getKey(), values);
          }
        });
  }

  private static String text(JsonNode object, String field, String otherwise) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw new BadQuestion("%s: expected a text, got %s".formatted(field, shortened(value)));
    }
    return value.asText();
  }

  private static boolean flag(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.isBoolean()) {
      throw new BadQuestion(
          "%s: expected true or false, got %s".formatted(field, shortened(value)));
    }
    return value.asBoolean();
  }

  private static Map<String, String> texts(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Map.of();
    }
    if (!value.isObject()) {
      throw new BadQuestion("%s: expected an object, got %s".formatted(field, shortened(value)));
    }
    Map<String, String> texts = new TreeMap<>();
    value
        .properties()
        .forEach(
            entry -> texts.put(entry.getKey(), joined(field, entry.getKey(), entry.getValue())));
    return texts;
  }

  /** R-HTTP-15: several values of a header are compared joined. */
  private static String joined(String field, String name, JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    List<String> values = new ArrayList<>();
    for (JsonNode one : value) {
      values.add(one.isTextual() ? one.asText() : "");
    }
    if (!value.isArray() || values.contains("")) {
      throw new BadQuestion(
          "%s.%s: expected a text or a list of texts, got %s"
              .formatted(field, name, shortened(value)));
    }
    return String.join(",", values);
  }

  private static List<String> list(JsonNode object, String field) {
    JsonNode value = object.path(field);
    List<String> texts = new ArrayList<>();
    if (!value.isMissingNode() && !value.isNull()) {
      for (JsonNode one : value) {
        texts.add(one.asText());
      }
      if (!value.isArray()) {
        throw new BadQuestion("%s: expected a list, got %s".formatted(field, shortened(value)));
      }
    }
    return texts;
  }

  private static String shortened(@Nullable JsonNode value) {
    String text = String.valueOf(value);
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }
}
