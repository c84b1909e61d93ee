package pharos.backend.route;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.Decision.Blackhole;
import pharos.config.routing.Decision.DirectResponse;
import pharos.config.routing.Decision.FaultPlan;
import pharos.config.routing.Decision.Forward;
import pharos.config.routing.Decision.LocalReply;
import pharos.config.routing.Decision.NoListener;
import pharos.config.routing.Decision.NotFound;
import pharos.config.routing.Decision.Outcome;
import pharos.config.routing.Decision.Passthrough;
import pharos.config.routing.Decision.Redirect;
import pharos.config.routing.Decision.RejectedConfig;
import pharos.config.routing.Decision.Target;
import pharos.config.routing.Decision.TcpForward;
import pharos.config.routing.Decision.TlsMismatch;

/** What outcomes are called, and what they have in common. */
final class Outcomes {
  private Outcomes() {}

  /** The word of interfaces 1.2; {@code rejected-config} is ours. */
  static String word(Outcome outcome) {
    return switch (outcome) {
      case Forward _ -> "forward";
      case Redirect _ -> "redirect";
      case DirectResponse _ -> "direct-response";
      case NotFound _ -> "not-found";
      case TcpForward _ -> "tcp-forward";
      case Passthrough _ -> "passthrough";
      case Blackhole _ -> "blackhole";
      case NoListener _ -> "no-listener";
      case TlsMismatch _ -> "tls-mismatch";
      case RejectedConfig _ -> "rejected-config";
    };
  }

  /** What the proxy answers by itself, or null when the upstream answers; status 0 is none. */
  static @Nullable LocalReply reply(Outcome outcome) {
    return switch (outcome) {
      case Forward forward -> forward.localReply();
      case Redirect redirect -> new LocalReply(redirect.status(), "");
      case DirectResponse direct -> new LocalReply(direct.status(), "");
      case NotFound notFound -> notFound.reply();
      case Blackhole blackhole -> new LocalReply(blackhole.status(), "");
      case TcpForward _, Passthrough _, NoListener _, TlsMismatch _, RejectedConfig _ -> null;
    };
  }

  /** Why nothing is forwarded, or null when the outcome says it all. */
  static @Nullable String reason(Outcome outcome) {
    return switch (outcome) {
      case NotFound notFound -> notFound.reason();
      case NoListener noListener -> noListener.reason();
      case TlsMismatch mismatch -> mismatch.reason();
      case RejectedConfig rejected -> rejected.reason();
      case Forward _, Redirect _, DirectResponse _, TcpForward _, Passthrough _, Blackhole _ ->
          null;
    };
  }

  /**
   * Where it goes.
   *
   * @param port of the request, for what leaves the mesh as it was addressed
   */
  static List<Target> destinations(Outcome outcome, int port) {
    return switch (outcome) {
      case Forward forward -> forward.destinations();
      case TcpForward tcp -> tcp.destinations();
      case Passthrough passthrough ->
          List.of(new Target(passthrough.cluster(), "", port, "", 100, 0, 0, null, null, null));
      case Redirect _,
          DirectResponse _,
          NotFound _,
          Blackhole _,
          NoListener _,
          TlsMismatch _,
          RejectedConfig _ ->
          List.of();
    };
  }

  static FaultPlan fault(Outcome outcome) {
    return switch (outcome) {
      case Forward forward -> forward.fault();
      case Redirect redirect -> redirect.fault();
      case DirectResponse direct -> direct.fault();
      case NotFound _,
          TcpForward _,
          Passthrough _,
          Blackhole _,
          NoListener _,
          TlsMismatch _,
          RejectedConfig _ ->
          FaultPlan.NONE;
    };
  }
}
