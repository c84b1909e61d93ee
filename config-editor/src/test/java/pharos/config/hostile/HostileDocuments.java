package pharos.config.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import pharos.config.check.RandomObjects;

/** Makes hostile documents, the same ones for the same seed. */
final class HostileDocuments {
  private final RandomGenerator random;
  private final RandomObjects objects;

  HostileDocuments(RandomGenerator random) {
    this.random = random;
    this.objects = new RandomObjects(random);
  }

  /**
   * A way to do harm.
   *
   * @param refused whether every document of it must be refused, or found fault with
   */
  record Family(String name, boolean refused, Function<HostileDocuments, byte[]> make) {}

  static final List<Family> FAMILIES =
      List.of(
          text("deep nesting", true, HostileDocuments::deep),
          text("huge scalars", false, HostileDocuments::hugeScalar),
          text("alias bombs", true, HostileDocuments::aliases),
          text("control characters", true, HostileDocuments::controls),
          text("duplicate keys", true, HostileDocuments::duplicates),
          new Family("bad UTF-8", true, HostileDocuments::badUtf8),
          text("evil regexes", true, HostileDocuments::regex),
          text("enormous numbers", false, HostileDocuments::numbers),
          text("odd tags", false, HostileDocuments::tags),
          text("merge keys", false, HostileDocuments::merges),
          text("line ends and marks", false, HostileDocuments::lineEnds),
          text("unterminated", false, HostileDocuments::unterminated),
          text("almost JSON", false, HostileDocuments::json),
          text("lists of lists", true, HostileDocuments::lists),
          text("wrong types everywhere", false, HostileDocuments::wrongTypes),
          new Family("flipped bytes", false, HostileDocuments::flipped),
          text("many documents", false, HostileDocuments::manyDocuments));

  private static Family text(
      String name, boolean refused, Function<HostileDocuments, String> make) {
    return new Family(
        name, refused, documents -> make.apply(documents).getBytes(StandardCharsets.UTF_8));
  }

  private static String inSpec(String value) {
    return "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: x}\nspec: "
        + value
        + "\n";
  }

  private String deep() {
    int depth = 101 + random.nextInt(20_000);
    return switch (random.nextInt(5)) {
      case 0 -> inSpec("[".repeat(depth) + "]".repeat(depth));
      case 1 -> inSpec("{a: ".repeat(depth) + "1" + "}".repeat(depth));
      case 2 -> "- ".repeat(depth) + "x";
      case 3 -> inSpec("[{a: ".repeat(depth));
      default -> {
        StringBuilder block = new StringBuilder("a:\n");
        for (int i = 1; i < 101 + random.nextInt(300); i++) {
          block.append(" ".repeat(i)).append("a:\n");
        }
        yield block.toString();
      }
    };
  }

  private String hugeScalar() {
    String unit =
        pick("x", "9", "é", "\uD83D\uDE00", "a b ", ".", "*", "-", "a/", "1h", "0.", "\\\\");
    String huge = unit.repeat((1 + random.nextInt(200_000)) / unit.length() + 1);
    String value =
        switch (random.nextInt(4)) {
          case 0 -> "\"" + huge + "\"";
          case 1 -> "'" + huge + "'";
          case 2 -> "|\n      " + huge;
          default -> "x" + huge;
        };
    String field =
        pick(
            "hosts: [x], http: [{timeout: %s}]", "hosts: [%s]", "gateways: [%s]", "exportTo: [%s]");
    return value.startsWith("|")
        ? inSpec("\n  hosts:\n  - " + value)
        : inSpec("{" + field.replace("%s", value) + "}");
  }

  private String aliases() {
    return switch (random.nextInt(4)) {
      case 0 -> "a: &a [*a]\n";
      case 1 -> inSpec("{hosts: [*nobody]}");
      case 2 -> inSpec("&s {http: [{route: *s}]}");
      default -> {
        int levels = 7 + random.nextInt(20);
        int width = 8 + random.nextInt(10);
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < levels; i++) {
          bomb.append("a%d: &a%d [".formatted(i, i))
              .append(("*a" + (i - 1) + ", ").repeat(width))
              .append("]\n");
        }
        yield bomb.toString();
      }
    };
  }

  private String controls() {
    String yaml = objects.yaml();
    int at = random.nextInt(yaml.length());
    return yaml.substring(0, at)
        + pick("\0", "\u0001", "\u001B[31m", "\u007F\u0008", "\uFFFE", "\u0000\u0000")
        + yaml.substring(at);
  }

  private String duplicates() {
    return switch (random.nextInt(3)) {
      case 0 -> inSpec("{hosts: [a], hosts: [b]}");
      case 1 -> inSpec("{hosts: [a], http: [{name: x, 'name': y}]}");
      default -> "kind: x\nmetadata: {name: a}\nkind: y\n";
    };
  }

  private byte[] badUtf8() {
    byte[] good = objects.yaml().getBytes(StandardCharsets.UTF_8);
    byte[][] bad = {
      {(byte) 0xFF},
      {(byte) 0xC0, (byte) 0xAF},
      {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
      {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
      {(byte) 0xE2, (byte) 0x82, 'x'},
      {(byte) 0x80}
    };
    byte[] piece = bad[random.nextInt(bad.length)];
    int at = random.nextInt(good.length + 1);
    byte[] all = new byte[good.length + piece.length];
    System.arraycopy(good, 0, all, 0, at);
    System.arraycopy(piece, 0, all, at, piece.length);
    System.arraycopy(good, at, all, at + piece.length, good.length - at);
    return all;
  }

  private String regex() {
    String evil =
        pick(
            "((((a{30}){30}){30}){30}){30}",
            "(a{1000}){1000}",
            "a{1001}",
            "(?=a)b",
            "(a+)+\\1",
            "[z-a]",
            "(".repeat(1 + random.nextInt(900)),
            "(?P<x>a)(?P<x>b)",
            "\\p{Nowhere}",
            "a".repeat(1_025),
            "[[:nobody:]]",
            "((\\pL{31}){33})*",
            "\\Q".repeat(3) + "(");
    return inSpec(
        "{hosts: [x], http: [{match: [{uri: {regex: '%s'}}], route: [{destination: {host: x}}]}]}"
            .formatted(evil));
  }

  private String numbers() {
    String number =
        pick(
            "1e999999999",
            "-1e-999999999",
            "9".repeat(1 + random.nextInt(100_000)),
            "0x" + "f".repeat(1 + random.nextInt(5_000)),
            "0b" + "1".repeat(70),
            "0" + "7".repeat(500),
            "-0",
            ".inf",
            "-.Inf",
            ".NaN",
            "1_0_0_0",
            "+12e03",
            "0o8",
            "9223372036854775808",
            "-9223372036854775809",
            "1" + "0".repeat(399),
            "0." + "0".repeat(50_000) + "1",
            "1e" + "9".repeat(1_000),
            "4294967296");
    String field =
        pick(
            "{hosts: [x], http: [{route: [{weight: %s, destination: {host: x, port: {number: %s}}}]}]}",
            "{hosts: [x], http: [{timeout: %ss, retries: {attempts: %s, perTryTimeout: '%sh'}}]}",
            "{hosts: [%s], http: [{fault: {abort: {httpStatus: %s, percentage: {value: %s}}}}]}",
            "{hosts: [x], http: [{corsPolicy: {maxAge: %sms}, redirect: {redirectCode: %s}}]}");
    return inSpec(field.replace("%s", number));
  }

  private String tags() {
    String tag =
        pick(
            "!!binary aGk=",
            "!!python/object:os.system x",
            "!<tag:x,2000:y> z",
            "!%2",
            "! x",
            "!!int x",
            "!!float .",
            "!!null x",
            "!!bool maybe",
            "!!set {a, b}",
            "!!omap [a: 1]",
            "!!timestamp 2001-01-01",
            "!local {a: 1}",
            "!!str {a: 1}",
            "!!map [1]",
            "!!seq {a: 1}");
    String directive =
        pick("", "", "%YAML 9.9\n---\n", "%TAG ! tag:x,2000:\n---\n", "%NOPE\n---\n", "%YAML x\n");
    return directive + inSpec("{hosts: [%s]}".formatted(tag));
  }

  private String merges() {
    StringBuilder chain = new StringBuilder("apiVersion: v1\nkind: ConfigMap\nm0: &m0 {k0: v}\n");
    int length = 1 + random.nextInt(400);
    for (int i = 1; i < length; i++) {
      chain.append("m%d: &m%d {<<: *m%d, k%d: v}\n".formatted(i, i, i - 1, i));
    }
    chain.append(
        pick(
            "<<: *m0\n",
            "<<: [*m0, *m0]\n",
            "<<: x\n",
            "<<: [[*m0]]\n",
            "<<: [1]\n",
            "<<: null\n",
            "z: &z {<<: *z}\n",
            "<<: {<<: {<<: *m0}}\n",
            "'<<': *m0\n",
            "<<: *m0\n<<: *m0\n"));
    return chain.toString();
  }

  private String lineEnds() {
    String end = pick("\r\n", "\r", "\u0085", "\u2028", "\u2029", "\n\r", "\n\t", "\r\n\uFEFF");
    String start = pick("\uFEFF", "", "\uFEFF\uFEFF", "---\r\n", "\uFEFF---\r");
    return start
        + inSpec("\n  hosts:\n  - x\n  - |\n    a\n    b\n  http: []\n").replace("\n", end);
  }

  private String unterminated() {
    String yaml = objects.yaml();
    String end =
        pick(
            "\"", "'", "[", "{", "[{", "? ", ": ", "- ", "&", "*", "|", ">", "!", "%", "@", "`",
            "a: 'b");
    return yaml.substring(0, random.nextInt(yaml.length())) + end;
  }

  private String json() {
    String value =
        pick(
            "[1, 2, 3,]",
            "{\"a\": NaN}",
            "{'a': 1}",
            "// comment\n{}",
            "{\"a\": 1} trailing",
            "{\"a\":1,\"a\":2}",
            "[" + "1,".repeat(random.nextInt(20_000)) + "1]",
            "{\"a\":\"\\uD800\"}",
            "{\"a\":\"\\u0000\"}",
            "{\"a\":\"\\x\"}",
            "{\"a\" 1}",
            "\"" + "\\\"".repeat(3_000) + "\"",
            "{\"a\":{\"b\":[}]}",
            "nul",
            "{\"\":{\"\":\"\"}}",
            "[" + "{\"a\":[1,{}]},".repeat(random.nextInt(5_000)) + "{}]");
    return "{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"VirtualService\","
        + "\"metadata\":{\"name\":\"x\"},\"spec\":"
        + value
        + "}";
  }

  private String lists() {
    return switch (random.nextInt(3)) {
      case 0 -> "[[[]]]\n---\n- - - a\n";
      case 1 -> {
        int depth = 1 + random.nextInt(45);
        yield "{apiVersion: v1, kind: List, items: [".repeat(depth) + "x" + "]}".repeat(depth);
      }
      default -> "apiVersion: v1\nkind: FooList\nitems: [1, null, [], {kind: List, items: [{}]}]\n";
    };
  }

  private String wrongTypes() {
    return new WrongTypes(random).in(objects.next());
  }

  private byte[] flipped() {
    byte[] bytes = objects.yaml().getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(8); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          (byte)
              (random.nextBoolean()
                  ? random.nextInt(256)
                  : "{}[]:,-&*!|>'\"%@`#\n\t ".charAt(random.nextInt(21)));
    }
    return bytes;
  }

  private String manyDocuments() {
    return pick("---\n", "---\nx\n", "--- {}\n", "---\nkind: a\n", "...\n---\n", "--- |\n---\n")
        .repeat(1 + random.nextInt(3_000));
  }

  private String pick(String... stock) {
    return stock[random.nextInt(stock.length)];
  }
}
