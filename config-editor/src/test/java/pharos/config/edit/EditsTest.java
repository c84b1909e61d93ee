package pharos.config.edit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pharos.config.check.schema.SchemaChecks;
import pharos.config.edit.Edit.LoadBalancer.CookieHash;
import pharos.config.edit.Edit.LoadBalancer.HeaderHash;
import pharos.config.edit.Edit.LoadBalancer.ParameterHash;
import pharos.config.edit.Edit.LoadBalancer.Simple;
import pharos.config.edit.Edit.LoadBalancer.SourceHash;
import pharos.config.edit.Edit.Protocol;
import pharos.config.edit.Edit.Share;
import pharos.config.edit.Edit.Target;
import pharos.config.edit.Edit.TextMatch;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.VirtualService;
import pharos.config.istio.view.VirtualServiceReader;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

class EditsTest {
  private static final ResourceKey SERVICE =
      new ResourceKey(Kinds.VIRTUAL_SERVICE, "books", "reviews");
  private static final ResourceKey RULE =
      new ResourceKey(Kinds.DESTINATION_RULE, "books", "reviews");
  private static final ResourceKey GATEWAY = new ResourceKey(Kinds.GATEWAY, "books", "door");
  private static final String HOST = "reviews";
  private static final Target V1 = new Target(HOST, "v1", 0);
  private static final Target V2 = new Target(HOST, "v2", 0);

  private static final String RULE_TEXT =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: reviews, namespace: books}
      spec:
        host: reviews   # all of them
        trafficPolicy:
          # measured in March
          tls: {mode: ISTIO_MUTUAL}
          newSetting: 5
        subsets:
        - name: v1      # the old one
          labels: {version: v1}
        - labels:
            version: v2
          name: v2
      """;

  private static final String GATEWAY_TEXT =
      """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: door, namespace: books}
      spec:
        selector: {istio: ingressgateway}
        servers:
        # plain
        - port: {number: 80, name: http, protocol: HTTP}
          hosts: ["*"]
          bind: 0.0.0.0
        - port:
            number: 443
            name: https
            protocol: HTTPS
          hosts:
          - books.example.com
          tls:
            mode: SIMPLE          # for now
            credentialName: books
      """;

  private static Snapshot mesh(String text) {
    return Snapshot.of(new DocumentReader(Limits.DEFAULT).read("", text).resources());
  }

  private static String edited(String text, Edit edit) {
    Edited edited = Edits.apply(edit, mesh(text));
    assertThat(edited).as("%s", edit).isInstanceOf(Edited.Changed.class);
    String result = text;
    for (Edited.ObjectChange change : ((Edited.Changed) edited).objects()) {
      assertThat(SchemaChecks.admit(change.after()).errors()).as("%s", edit).isEmpty();
      result = change.in(result);
      Node.Mapping read = requireNonNull(mesh(result).get(change.key())).root();
      assertThat(Node.sameValue(read, change.after().root())).as(result).isTrue();
    }
    return result;
  }

  private static Arguments pair(String text, Edit there, Edit back) {
    return Arguments.of(text, there, back);
  }

  private static Edit.SetFault fault(Edit.@Nullable Delay delay, Edit.@Nullable Abort abort) {
    return new Edit.SetFault(SERVICE, HOST, 0, delay, abort);
  }

  private static Edit.SetHeaders headers(
      boolean response, Map<String, String> set, Map<String, String> add, List<String> remove) {
    return new Edit.SetHeaders(SERVICE, HOST, 1, response, set, add, remove);
  }

  private static Edit.SetLoadBalancer balancer(
      String subset, Edit.@Nullable LoadBalancer balancer) {
    return new Edit.SetLoadBalancer(RULE, HOST, subset, balancer);
  }

  private static Edit.ShiftWeights shift(int rule, Share... shares) {
    return new Edit.ShiftWeights(SERVICE, HOST, Protocol.HTTP, rule, List.of(shares));
  }

  private static Edit.Server server(String name, String mode, String credential) {
    return new Edit.Server(
        name, 443, "HTTPS", List.of("books.example.com"), mode, credential, false);
  }

  static Stream<Arguments> editsAndTheirInverses() {
    List<Arguments> pairs = new ArrayList<>();
    for (String text :
        List.of(Texts.BLOCK, Texts.named("windows"), Texts.named("second of three"))) {
      pairs.add(
          pair(
              text,
              shift(1, new Share(V1, 50), new Share(new Target(HOST, "v3", 0), 50)),
              shift(1, new Share(V1, 80), new Share(new Target(HOST, "v3", 0), 20))));
      pairs.add(
          pair(
              text,
              new Edit.SetTimeout(SERVICE, HOST, 1, Duration.ofMillis(250)),
              new Edit.SetTimeout(SERVICE, HOST, 1, null)));
      pairs.add(
          pair(
              text,
              new Edit.SetTimeout(SERVICE, HOST, 0, Duration.ofSeconds(2)),
              new Edit.SetTimeout(SERVICE, HOST, 0, Duration.ofSeconds(5))));
      pairs.add(
          pair(
              text,
              new Edit.SetRetries(
                  SERVICE, HOST, 0, new Edit.Retries(3, Duration.ofSeconds(1), "5xx")),
              new Edit.SetRetries(SERVICE, HOST, 0, null)));
      pairs.add(
          pair(
              text,
              fault(new Edit.Delay(0.1, Duration.ofSeconds(7)), new Edit.Abort(5, 503)),
              fault(null, null)));
      pairs.add(
          pair(
              text,
              new Edit.SetMirror(SERVICE, HOST, 0, new Edit.Mirror(V2, 12.5)),
              new Edit.SetMirror(SERVICE, HOST, 0, null)));
      pairs.add(
          pair(
              text,
              new Edit.SetRewrite(SERVICE, HOST, 0, "/v2", "reviews.example.com"),
              new Edit.SetRewrite(SERVICE, HOST, 0, "", "")));
      pairs.add(
          pair(
              text,
              headers(false, Map.of("x-a", "1: b", "x-b", ""), Map.of("via", "a"), List.of("x-c")),
              headers(false, Map.of(), Map.of(), List.of())));
      pairs.add(
          pair(
              text,
              headers(true, Map.of("x-a", "b"), Map.of(), List.of()),
              headers(true, Map.of(), Map.of(), List.of())));
      for (int at : List.of(0, 1)) {
        pairs.add(
            pair(
                text,
                new Edit.RouteRequests(
                    SERVICE,
                    HOST,
                    at,
                    "testers",
                    new TextMatch(TextMatch.Kind.PREFIX, "/reviews"),
                    new TextMatch(TextMatch.Kind.EXACT, "GET"),
                    Map.of("End-User", new TextMatch(TextMatch.Kind.REGEX, "test.*")),
                    List.of(new Share(V2, 100))),
                new Edit.RemoveRule(SERVICE, Protocol.HTTP, at)));
      }
    }
    pairs.add(
        pair(
            RULE_TEXT,
            new Edit.PutSubset(RULE, HOST, "v3", Map.of("version", "v3", "team", "b")),
            new Edit.RemoveSubset(RULE, "v3")));
    pairs.add(
        pair(
            RULE_TEXT,
            new Edit.PutSubset(RULE, HOST, "v2", Map.of("version", "v2.1")),
            new Edit.PutSubset(RULE, HOST, "v2", Map.of("version", "v2"))));
    for (String subset : List.of("", "v1", "v2")) {
      pairs.add(
          pair(
              RULE_TEXT,
              new Edit.SetConnectionPool(
                  RULE,
                  HOST,
                  subset,
                  new Edit.ConnectionPool(10, Duration.ofMillis(30), 1, 2, 3, 0)),
              new Edit.SetConnectionPool(RULE, HOST, subset, null)));
      pairs.add(
          pair(
              RULE_TEXT,
              new Edit.SetOutlierDetection(
                  RULE,
                  HOST,
                  subset,
                  new Edit.OutlierDetection(
                      5, null, Duration.ofSeconds(10), Duration.ofMinutes(3), 50, null)),
              new Edit.SetOutlierDetection(RULE, HOST, subset, null)));
      for (Edit.LoadBalancer one :
          List.of(
              new Simple("ROUND_ROBIN"),
              new HeaderHash("x-user"),
              new CookieHash("user", Duration.ZERO),
              new SourceHash(),
              new ParameterHash("user"))) {
        pairs.add(pair(RULE_TEXT, balancer(subset, one), balancer(subset, null)));
      }
    }
    pairs.add(
        pair(
            GATEWAY_TEXT,
            new Edit.PutServer(GATEWAY, Map.of(), server("more", "MUTUAL", "more")),
            new Edit.RemoveServer(GATEWAY, "more")));
    pairs.add(
        pair(
            GATEWAY_TEXT,
            new Edit.PutServer(GATEWAY, Map.of(), server("https", "MUTUAL", "other")),
            new Edit.PutServer(GATEWAY, Map.of(), server("https", "SIMPLE", "books"))));
    pairs.add(
        pair(
            GATEWAY_TEXT,
            new Edit.PutServer(
                GATEWAY, Map.of(), new Edit.Server("http", 80, "HTTP", List.of("*"), "", "", true)),
            new Edit.PutServer(
                GATEWAY,
                Map.of(),
                new Edit.Server("http", 80, "HTTP", List.of("*"), "", "", false))));
    return pairs.stream();
  }

  @ParameterizedTest
  @MethodSource("editsAndTheirInverses")
  void apply_editAndItsInverse_givesTheSameText(String text, Edit there, Edit back) {
    String changed = edited(text, there);
    assertThat(changed).isNotEqualTo(text);
    String expected = text.replace("0x50", there instanceof Edit.ShiftWeights ? "80" : "0x50");
    assertThat(edited(changed, back)).as(changed).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("editsAndTheirInverses")
  void apply_anyEdit_keepsCommentsAndUnknownFields(String text, Edit there, Edit back) {
    String changed = edited(text, there);
    List<String> comments = new ArrayList<>();
    text.lines()
        .filter(line -> line.contains("# "))
        .forEach(line -> comments.add(line.substring(line.indexOf("# "))));
    assertThat(comments).isNotEmpty().allMatch(changed::contains);
    for (String unknown :
        List.of("x-unknown: {a: [1, 2], b: ~}", "futureField: true", "newSetting: 5")) {
      assertThat(changed.contains(unknown)).isEqualTo(text.contains(unknown));
    }
    // Once more changes nothing, so nothing is written twice.
    if (!(there instanceof Edit.RouteRequests)) {
      Edited again = Edits.apply(there, mesh(changed));
      assertThat(again).isEqualTo(new Edited.Changed(List.of()));
    }
  }

  @Test
  void apply_nothingThereYet_createsTheSmallestObjects() {
    assertThat(created(shift(0, new Share(V1, 90), new Share(V2, 10))))
        .isEqualTo(
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: reviews
              namespace: books
            spec:
              hosts:
              - reviews
              http:
              - route:
                - destination:
                    host: reviews
                    subset: v1
                  weight: 90
                - destination:
                    host: reviews
                    subset: v2
                  weight: 10
            """);
    assertThat(created(new Edit.SetTimeout(SERVICE, HOST, 0, Duration.ofSeconds(3))))
        .endsWith(
            """
            spec:
              hosts:
              - reviews
              http:
              - route:
                - destination:
                    host: reviews
                timeout: 3s
            """);
    assertThat(created(new Edit.PutSubset(RULE, HOST, "v1", Map.of("version", "v1"))))
        .endsWith(
            """
            spec:
              host: reviews
              subsets:
              - name: v1
                labels:
                  version: v1
            """);
    assertThat(
            created(
                new Edit.PutServer(
                    GATEWAY,
                    Map.of("istio", "ingressgateway"),
                    server("https", "SIMPLE", "books"))))
        .endsWith(
            """
            spec:
              selector:
                istio: ingressgateway
              servers:
              - port:
                  number: 443
                  name: https
                  protocol: HTTPS
                hosts:
                - books.example.com
                tls:
                  mode: SIMPLE
                  credentialName: books
            """);
  }

  private static String created(Edit edit) {
    Edited edited = Edits.apply(edit, Snapshot.of(List.of()));
    assertThat(edited).isInstanceOf(Edited.Changed.class);
    Edited.ObjectChange change = ((Edited.Changed) edited).objects().getFirst();
    assertThat(SchemaChecks.admit(change.after()).errors()).isEmpty();
    assertThat(change.jsonPatch()).isNull();
    return change.yaml();
  }

  @Test
  void shift_ofGatewayApiRoute_setsWeightsOfBackends() {
    String text =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: reviews, namespace: books}
        spec:
          parentRefs: [{name: door}]
          rules:
          - backendRefs:
            - {name: reviews-v1, port: 9080}   # default weight 1
            - name: reviews-v2
              port: 9080
              weight: 9
        """;
    ResourceKey key = new ResourceKey(Kinds.HTTP_ROUTE, "books", "reviews");
    Edit edit =
        new Edit.ShiftWeights(
            key,
            "",
            Protocol.HTTP,
            0,
            List.of(
                new Share(new Target("reviews-v1", "", 9080), 5),
                new Share(new Target("reviews-v2", "", 0), 4),
                new Share(new Target("reviews-v3", "", 9080), 1)));
    assertThat(edited(text, edit))
        .endsWith(
            """
              - backendRefs:
                - {name: reviews-v1, port: 9080, weight: 5}   # default weight 1
                - name: reviews-v2
                  port: 9080
                  weight: 4
                - name: reviews-v3
                  port: 9080
                  weight: 1
            """);
  }

  @Test
  void shift_ofTcpAndTlsRoutes_worksOnTheirOwnLists() {
    String text =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews, namespace: books}
        spec:
          hosts: [reviews]
          tls: [{match: [{sniHosts: [reviews]}], route: [{destination: {host: reviews, subset: v1}}]}]
          tcp:
          - route: [{destination: {host: reviews, subset: v1}}]
        """;
    for (Protocol protocol : List.of(Protocol.TLS, Protocol.TCP)) {
      Edit edit =
          new Edit.ShiftWeights(
              SERVICE, HOST, protocol, 0, List.of(new Share(V1, 70), new Share(V2, 30)));
      assertThat(edited(text, edit))
          .contains(
              "route: [{destination: {host: reviews, subset: v1}, weight: 70}, "
                  + "{destination: {host: reviews, subset: v2}, weight: 30}]");
    }
  }

  @Test
  void jsonPatch_ofAWeight_testsVersionAndOldValue() {
    String text = Texts.TIGHT.replace("{name: reviews,", "{name: reviews, resourceVersion: '7',");
    Edited.Changed changed = (Edited.Changed) Edits.apply(shift(1, new Share(V2, 30)), mesh(text));
    assertThat(changed.objects().getFirst().jsonPatch())
        .isEqualTo(
            """
            [{"op": "test", "path": "/metadata/resourceVersion", "value": "7"},
             {"op": "test", "path": "/spec/http/1/route/0/weight", "value": 1},
             {"op": "replace", "path": "/spec/http/1/route/0/weight", "value": 30}]\
            """);
    assertThat(changed.objects().getFirst().mergePatch())
        .startsWith("{\"spec\": {\"http\": [")
        .doesNotContain("hosts");
  }

  @Test
  void redirect_inPlaceOfARoute_takesTheRouteAway() {
    String text = edited(Texts.BLOCK, new Edit.Redirect(SERVICE, HOST, 0, "/new", "", 308));
    assertThat(text)
        .contains(
            """
                  timeout: 5s   # long enough
                  redirect:
                    uri: /new
                    redirectCode: 308
            """)
        .doesNotContain("subset: v2");
  }

  @Test
  void split_tail_movesRulesIntoADelegateThatComesFirst() {
    Edited edited = Edits.apply(new Edit.SplitDelegate(SERVICE, 1, "rest"), mesh(Texts.BLOCK));
    List<Edited.ObjectChange> objects = ((Edited.Changed) edited).objects();
    assertThat(objects)
        .extracting(change -> change.key().name())
        .containsExactly("rest", "reviews");
    Resource delegate = objects.getFirst().after();
    assertThat(delegate.root().at(Path.of("spec", "hosts"))).isNull();
    assertThat(Fields.items(delegate.spec(), "http")).hasSize(1);
    assertThat(objects.getLast().in(Texts.BLOCK))
        .endsWith(
            """
                  timeout: 5s   # long enough
                - delegate:
                    name: rest
                    namespace: books

                # and everybody else
            # the end
            """);
    assertThat(SchemaChecks.admit(objects.getLast().after()).errors()).isEmpty();
    assertThat(SchemaChecks.admit(delegate).errors()).isEmpty();
  }

  @Test
  void split_anyTail_routesAsBefore() {
    for (String text : List.of(Texts.BLOCK, Texts.TIGHT, Texts.JSON)) {
      Snapshot before = mesh(text);
      int rules = Fields.items(requireNonNull(before.get(SERVICE)).spec(), "http").size();
      for (int from = 0; from < rules; from++) {
        Edited.Changed changed =
            (Edited.Changed) Edits.apply(new Edit.SplitDelegate(SERVICE, from, "rest"), before);
        Snapshot after =
            before.overlay(
                changed.objects().stream().map(Edited.ObjectChange::after).toList(), Set.of());
        assertThat(rules(after))
            .usingRecursiveComparison()
            .ignoringFieldsMatchingRegexes(".*origin")
            .isEqualTo(rules(before));
      }
    }
  }

  /** What istiod makes of the root and its delegates. */
  private static List<HttpRoute> rules(Snapshot mesh) {
    List<VirtualService> services =
        mesh.all(Kinds.VIRTUAL_SERVICE).stream()
            .map(resource -> VirtualServiceReader.read(resource, MeshConfig.DEFAULT))
            .toList();
    var resolved =
        pharos.config.routing.compile.delegate.Delegates.resolve(services, MeshConfig.DEFAULT);
    assertThat(resolved.ignored()).isEmpty();
    assertThat(resolved.roots()).hasSize(1);
    return resolved.roots().getFirst().http();
  }

  @Test
  void writeText_changesOnlyWhatDiffers() {
    Edit edit = new Edit.WriteText(SERVICE, Texts.BLOCK.replace("weight: 20", "weight: 30"));
    Edited.Changed changed = (Edited.Changed) Edits.apply(edit, mesh(Texts.BLOCK));
    assertThat(changed.objects().getFirst().operations())
        .extracting(operation -> operation.path().toString())
        .containsExactly("spec.http[1].route[1].weight");
  }

  static Stream<Arguments> impossible() {
    String redirecting =
        Texts.TIGHT.replace(
            "- route:\n    - destination: {host: reviews, subset: v1}", "- redirect: {uri: /}");
    return Stream.of(
        Arguments.of(Texts.TIGHT, shift(7, new Share(V1, 1)), "has no rule 7 (spec.http has 2)"),
        Arguments.of(
            redirecting, shift(0, new Share(V1, 1)), "the rule has a redirect, not a route"),
        Arguments.of(
            Texts.TIGHT,
            new Edit.RemoveSubset(RULE, "v1"),
            "there is no DestinationRule books/reviews to change"),
        Arguments.of(RULE_TEXT, balancer("v9", new SourceHash()), "has no subset v9"),
        Arguments.of(
            Texts.TIGHT,
            new Edit.SetTimeout(SERVICE, HOST, 0, Duration.ofNanos(5)),
            "expected: whole milliseconds"),
        Arguments.of(
            Texts.TIGHT,
            new Edit.SplitDelegate(SERVICE, 0, "reviews"),
            "VirtualService books/reviews exists already"),
        Arguments.of(Texts.TIGHT, new Edit.WriteText(SERVICE, "a: ["), "text:1:"),
        Arguments.of(
            Texts.TIGHT,
            new Edit.WriteText(SERVICE, RULE_TEXT),
            "text:3:18: the text is DestinationRule books/reviews"));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void apply_whatTheObjectDoesNotAllow_isRefusedWithTheReason(
      String text, Edit edit, String reason) {
    Edited edited = Edits.apply(edit, mesh(text));
    assertThat(edited).isInstanceOf(Edited.Refused.class);
    assertThat(((Edited.Refused) edited).reason()).contains(reason);
  }
}
