package pharos.backend.http;

import java.time.Duration;
import java.util.Set;

/**
 * Where to listen and what to bound.
 *
 * @param allowedHosts names under which browsers may reach us, without port; loopback names are
 *     always allowed on a loopback address. Empty on another address: any
 * @param answerTimeout after which a request that is no stream is answered with 503
 * @param busy expensive requests that run at the same time
 * @param waiting expensive requests that may wait; more are refused
 * @param heartbeat of event streams
 * @param stuckAfter a reader that takes nothing for this long is cut off
 */
public record HttpSettings(
    String host,
    int port,
    Set<String> allowedHosts,
    Duration answerTimeout,
    int busy,
    int waiting,
    Duration heartbeat,
    Duration stuckAfter) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  public HttpSettings {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** Defaults for this address. */
  public static HttpSettings on(String host, int port) {
    return new HttpSettings(
        host,
        port,
        Set.of(),
        Duration.ofSeconds(30),
        8,
        64,
        Duration.ofSeconds(15),
        Duration.ofSeconds(60));
  }

  /** Whether only this machine can reach us. */
  public boolean loopback() {
    return isLoopback(host);
  }

  /** Whether a host of an address is this machine. */
  static boolean isLoopback(String name) {
    return LOOPBACK.contains(name);
  }

  public HttpSettings withHeartbeat(Duration every, Duration stuck) {
    return new HttpSettings(host, port, allowedHosts, answerTimeout, busy, waiting, every, stuck);
  }

  public HttpSettings withGate(int running, int queued) {
    return new HttpSettings(
        host, port, allowedHosts, answerTimeout, running, queued, heartbeat, stuckAfter);
  }

  public HttpSettings withAllowedHosts(Set<String> hosts) {
    return new HttpSettings(host, port, hosts, answerTimeout, busy, waiting, heartbeat, stuckAfter);
  }

  public HttpSettings withAnswerTimeout(Duration value) {
    return new HttpSettings(host, port, allowedHosts, value, busy, waiting, heartbeat, stuckAfter);
  }
}
