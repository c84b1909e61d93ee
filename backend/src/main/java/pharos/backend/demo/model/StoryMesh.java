package pharos.backend.demo.model;

import static pharos.backend.demo.model.AppProtocol.GRPC;
import static pharos.backend.demo.model.AppProtocol.HTTP;
import static pharos.backend.demo.model.AppProtocol.TCP;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pharos.backend.demo.model.Service.Port;

/**
 * The hand-written mesh that a first run shows: Istio's Bookinfo, a shop, and what real meshes have
 * beside the happy path. The story: {@code reviews-v3} was rolled out to a fifth of the users and
 * is slower and fails more; the user {@code jason} sees v2; {@code recommendations} mirrors to its
 * next version; the beta users of {@code pricing} are sent to a host that does not exist; somebody
 * forgot a fault injection on {@code search}; {@code accounts} calls a host that its Sidecar
 * forbids, {@code recommendations} one that nobody declared.
 */
public final class StoryMesh {
  private static final String BOOKINFO = "bookinfo";
  private static final String SHOP = "shop";

  private StoryMesh() {}

  /**
   * The mesh.
   *
   * @param rate multiplies every source of traffic; 1 is about 75 requests per second at the edge
   */
  public static MeshModel of(double rate) {
    var workloads = new ArrayList<Workload>();
    workloads.add(Workload.controlPlane());
    workloads.add(
        Workload.gateway(MeshModel.ISTIO_NAMESPACE, "istio-ingressgateway", "ingressgateway")
            .scaled(2));
    workloads.add(
        Workload.gateway(MeshModel.ISTIO_NAMESPACE, "istio-egressgateway", "egressgateway"));
    workloads.addAll(bookinfo());
    workloads.addAll(shopFront());
    workloads.addAll(shopBack());
    workloads.add(
        Workload.sidecar(MeshModel.OUTSIDE_NAMESPACE, "nightly-import", "nightly-import", "v1")
            .outOfMesh());
    return new MeshModel(
        List.of(MeshModel.ISTIO_NAMESPACE, BOOKINFO, SHOP, MeshModel.OUTSIDE_NAMESPACE),
        services(),
        workloads,
        List.of(
            new ExternalHost(
                "api.payments.example",
                SHOP,
                "203.0.113.20",
                Operation.any(Latency.of(120, 600)).failing(0.008, 502).answering(400)),
            new ExternalHost(
                "api.trends.example",
                "unknown",
                "203.0.113.40",
                Operation.any(Latency.of(80, 400)).failing(0.02, 500))),
        sources(rate),
        IstioYaml.resources("demo/istio-system.yaml", "demo/bookinfo.yaml", "demo/shop.yaml"),
        ProxyMetrics.DEFAULT);
  }

  private static List<Service> services() {
    var services = new ArrayList<Service>();
    List<Port> gatewayPorts = List.of(new Port("http2", 80, HTTP), new Port("https", 443, HTTP));
    for (String direction : List.of("ingress", "egress")) {
      services.add(
          new Service(
              MeshModel.ISTIO_NAMESPACE,
              "istio-" + direction + "gateway",
              Map.of("istio", direction + "gateway"),
              gatewayPorts));
    }
    services.add(
        new Service(
            MeshModel.ISTIO_NAMESPACE,
            "istiod",
            Map.of("istio", "pilot"),
            List.of(
                new Port("https-webhook", 443, HTTP), new Port("http-monitoring", 15014, HTTP))));
    for (String name : List.of("productpage", "details", "reviews", "ratings")) {
      services.add(Service.of(BOOKINFO, name, HTTP, 9080));
    }
    services.add(Service.of(BOOKINFO, "mongodb", TCP, 27017));
    for (String name :
        List.of("web", "search", "recommendations", "accounts", "payments", "notifications")) {
      services.add(Service.of(SHOP, name, HTTP, 8080));
    }
    for (String name :
        List.of("catalog", "cart", "checkout", "orders", "inventory", "pricing", "shipping")) {
      services.add(Service.of(SHOP, name, GRPC, 7070));
    }
    services.add(Service.of(SHOP, "queue", TCP, 5672));
    services.add(Service.of(SHOP, "cart-store", TCP, 6379));
    services.add(Service.of(SHOP, "orders-db", TCP, 5432));
    services.add(Service.of(SHOP, "reports", HTTP, 8080));
    services.add(Service.of(SHOP, "warehouse", GRPC, 7070));
    return services;
  }

  private static List<Workload> bookinfo() {
    Call ratings = Call.get("ratings", 9080, "/ratings/0").optional();
    return List.of(
        Workload.sidecar(
                BOOKINFO,
                "productpage-v1",
                "productpage",
                "v1",
                Operation.on("/productpage", Latency.of(9, 30))
                    .answering(5200)
                    .then(
                        Call.get("details", 9080, "/details/0").optional(),
                        Call.get("reviews", 9080, "/reviews/0").optional())
                    .failing(0.001, 500),
                Operation.on("/login", Latency.of(6, 20)).answering(300),
                Operation.on("/static", Latency.of(1.2, 5)).answering(22_000),
                Operation.on("/api/v1/products", Latency.of(7, 25))
                    .answering(900)
                    .then(Call.get("reviews", 9080, "/reviews/0", "/reviews/1"))
                    .failing(0.002, 500))
            .scaled(2),
        Workload.sidecar(
            BOOKINFO,
            "details-v1",
            "details",
            "v1",
            Operation.on("/details", Latency.of(3, 14)).answering(180).failing(0.0005, 500)),
        Workload.sidecar(
                BOOKINFO,
                "reviews-v1",
                "reviews",
                "v1",
                Operation.on("/reviews", Latency.of(8, 40)).answering(290).failing(0.001, 500))
            .scaled(2),
        Workload.sidecar(
                BOOKINFO,
                "reviews-v2",
                "reviews",
                "v2",
                Operation.on("/reviews", Latency.of(11, 55))
                    .answering(380)
                    .then(ratings)
                    .failing(0.002, 500))
            .scaled(2),
        Workload.sidecar(
            BOOKINFO,
            "reviews-v3",
            "reviews",
            "v3",
            Operation.on("/reviews", Latency.of(190, 1100))
                .answering(385)
                .then(ratings)
                .failing(0.07, 500)
                .failing(0.02, 503)),
        Workload.sidecar(
            BOOKINFO,
            "ratings-v1",
            "ratings",
            "v1",
            Operation.on("/ratings", Latency.of(2, 9)).answering(48).failing(0.001, 500)),
        Workload.sidecar(
            BOOKINFO,
            "ratings-v2-mongodb",
            "ratings",
            "v2-mongodb",
            Operation.on("/ratings", Latency.of(4, 22))
                .answering(48)
                .then(Call.tcp("mongodb", 27017, 210, 640))
                .failing(0.002, 500)),
        Workload.sidecar(BOOKINFO, "mongodb-v1", "mongodb", "v1", Operation.any(Latency.of(1.5, 8)))
            .stateful());
  }

  private static List<Workload> shopFront() {
    return List.of(
        Workload.sidecar(
                SHOP,
                "web",
                "web",
                "v4",
                Operation.on("/search", Latency.of(5, 18))
                    .then(Call.get("search", 8080, "/query?q=lamp", "/query?q=rope").optional()),
                Operation.on("/product", Latency.of(6, 22))
                    .answering(9000)
                    .then(
                        Call.grpc("catalog", 7070, "shop.Catalog/GetItem"),
                        Call.get("recommendations", 8080, "/for/item").optional()),
                Operation.on("/cart", Latency.of(5, 20))
                    .then(Call.get("accounts", 8080, "/session"))
                    .then(Call.grpc("cart", 7070, "shop.Cart/GetCart")),
                Operation.on("/checkout", Latency.of(8, 30))
                    .then(Call.get("accounts", 8080, "/session"))
                    .then(Call.grpc("checkout", 7070, "shop.Checkout/PlaceOrder")),
                Operation.on("/", Latency.of(4, 15))
                    .answering(14_000)
                    .then(Call.get("recommendations", 8080, "/for/user").optional()))
            .scaled(3),
        Workload.sidecar(
            SHOP,
            "search",
            "search",
            "v2",
            Operation.on("/query", Latency.of(22, 120))
                .answering(3100)
                .then(Call.grpc("catalog", 7070, "shop.Catalog/ListItems").streaming(12))
                .failing(0.003, 500)),
        Workload.sidecar(
                SHOP,
                "recommendations-v1",
                "recommendations",
                "v1",
                Operation.on("/for", Latency.of(14, 60))
                    .then(
                        Call.grpc("catalog", 7070, "shop.Catalog/GetItem").withProbability(0.6),
                        Call.get("api.trends.example", 80, "/today")
                            .withProbability(0.05)
                            .optional()))
            .restartingEvery(Duration.ofMinutes(7)),
        Workload.sidecar(
            SHOP,
            "recommendations-v2",
            "recommendations",
            "v2",
            Operation.on("/for", Latency.of(9, 35))
                .then(Call.grpc("catalog", 7070, "shop.Catalog/GetItem").withProbability(0.6))
                .failing(0.015, 500)),
        Workload.sidecar(
            SHOP,
            "accounts",
            "accounts",
            "v1",
            Operation.on("/session", Latency.of(3, 12))
                .then(
                    Call.get("metrics.vendor.example", 80, "/collect")
                        .withProbability(0.03)
                        .optional())
                .failing(0.002, 401)),
        Workload.sidecar(
            SHOP,
            "catalog-v1",
            "catalog",
            "v1",
            Operation.on("/shop.Catalog", Latency.of(5, 24))
                .then(Call.grpc("pricing", 7070, "shop.Pricing/Quote").optional())
                .failing(0.004, 5)),
        Workload.sidecar(
            SHOP,
            "catalog-v2",
            "catalog",
            "v2",
            Operation.on("/shop.Catalog", Latency.of(4, 18))
                .then(
                    Call.grpc("pricing", 7070, "shop.Pricing/Quote").optional(),
                    Call.grpc("inventory", 7070, "shop.Inventory/Level").optional())
                .failing(0.004, 5)));
  }

  private static List<Workload> shopBack() {
    return List.of(
        Workload.sidecar(
            SHOP,
            "pricing",
            "pricing",
            "v1",
            Operation.on("/shop.Pricing", Latency.of(1.5, 8)).failing(0.001, 13)),
        Workload.sidecar(
            SHOP,
            "inventory",
            "inventory",
            "v1",
            Operation.on("/shop.Inventory", Latency.of(3, 16))
                .then(
                    Call.grpc("warehouse", 7070, "shop.Warehouse/Sync")
                        .withProbability(0.02)
                        .optional())),
        Workload.sidecar(
            SHOP,
            "cart",
            "cart",
            "v1",
            Operation.on("/shop.Cart", Latency.of(2, 10))
                .then(Call.tcp("cart-store", 6379, 140, 480))
                .then(Call.grpc("pricing", 7070, "shop.Pricing/Quote").optional())),
        Workload.sidecar(SHOP, "cart-store", "cart-store", "v1", Operation.any(Latency.of(0.4, 2)))
            .stateful(),
        Workload.sidecar(
                SHOP,
                "checkout",
                "checkout",
                "v3",
                Operation.on("/shop.Checkout", Latency.of(7, 30))
                    .then(Call.grpc("cart", 7070, "shop.Cart/GetCart"))
                    .then(
                        Call.grpc("inventory", 7070, "shop.Inventory/Reserve"),
                        Call.post("payments", 8080, "/charge"))
                    .then(Call.grpc("orders", 7070, "shop.Orders/Create")))
            .scaled(2),
        Workload.sidecar(
            SHOP,
            "payments",
            "payments",
            "v1",
            Operation.on("/charge", Latency.of(6, 25))
                .answering(220)
                .then(Call.post("api.payments.example", 80, "/v2/charges"))),
        Workload.sidecar(
            SHOP,
            "orders",
            "orders",
            "v1",
            Operation.on("/shop.Orders", Latency.of(4, 20))
                .then(Call.tcp("orders-db", 5432, 620, 240))
                .then(Call.tcp("queue", 5672, 900, 60))),
        Workload.sidecar(SHOP, "orders-db", "orders-db", "v1", Operation.any(Latency.of(2, 11)))
            .stateful(),
        Workload.sidecar(SHOP, "queue", "queue", "v1", Operation.any(Latency.of(0.8, 4)))
            .stateful(),
        Workload.sidecar(
            SHOP,
            "shipping",
            "shipping",
            "v1",
            Operation.on("/shop.Shipping", Latency.of(12, 80)).failing(0.01, 14)),
        Workload.sidecar(
            SHOP, "notifications", "notifications", "v1", Operation.on("/", Latency.of(5, 30))),
        Workload.sidecar(SHOP, "reports", "reports", "v1", Operation.on("/", Latency.of(30, 200))),
        Workload.sidecar(SHOP, "warehouse", "warehouse", "v1", Operation.any(Latency.of(5, 20)))
            .scaled(0));
  }

  private static List<TrafficSource> sources(double rate) {
    List<Visitor> bookinfoVisitors =
        List.of(
            new Visitor(0.88, Map.of("user-agent", "Mozilla/5.0")),
            new Visitor(0.12, Map.of("user-agent", "Mozilla/5.0", "end-user", "jason")));
    List<Visitor> shopVisitors =
        List.of(
            new Visitor(0.96, Map.of("user-agent", "shop-app/7.2")),
            new Visitor(0.04, Map.of("user-agent", "shop-app/8.0", "x-beta", "true")));
    List<Visitor> machines = List.of(new Visitor(1, Map.of()));
    String istio = MeshModel.ISTIO_NAMESPACE;
    String gateway = "istio-ingressgateway";
    String books = "bookinfo.example.com";
    String shop = "shop.example.com";
    return List.of(
        new TrafficSource(
            istio,
            gateway,
            List.of(
                Call.get(books, 80, "/productpage").withProbability(0.70),
                Call.get(books, 80, "/static/site.css").withProbability(0.10),
                Call.post(books, 80, "/login").withProbability(0.05),
                Call.get(books, 80, "/api/v1/products/0/reviews").withProbability(0.13),
                Call.get(books, 80, "/wp-login.php").withProbability(0.02)),
            25 * rate,
            new LoadCurve(0),
            bookinfoVisitors),
        new TrafficSource(
            istio,
            gateway,
            List.of(
                Call.get(shop, 80, "/").withProbability(0.30),
                Call.get(shop, 80, "/product/17", "/product/23").withProbability(0.35),
                Call.get(shop, 80, "/search?q=lamp").withProbability(0.20),
                Call.get(shop, 80, "/cart").withProbability(0.11),
                Call.post(shop, 80, "/checkout").withProbability(0.04)),
            45 * rate,
            new LoadCurve(1.1),
            shopVisitors),
        new TrafficSource(
            MeshModel.OUTSIDE_NAMESPACE,
            "nightly-import",
            List.of(Call.grpc("catalog.shop.svc.cluster.local", 7070, "shop.Catalog/Import")),
            2 * rate,
            new LoadCurve(2),
            machines),
        new TrafficSource(
            SHOP,
            "shipping",
            List.of(Call.tcp("queue", 5672, 40, 900)),
            3 * rate,
            new LoadCurve(3),
            machines),
        new TrafficSource(
            SHOP,
            "notifications",
            List.of(
                Call.tcp("queue", 5672, 40, 900).withProbability(0.7),
                Call.grpc("shipping", 7070, "shop.Shipping/Track").withProbability(0.3)),
            4 * rate,
            new LoadCurve(4),
            machines));
  }
}
