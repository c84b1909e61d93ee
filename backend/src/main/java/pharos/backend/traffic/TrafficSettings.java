package pharos.backend.traffic;

import java.time.Duration;

/**
 * Bounds and rhythms of this feature.
 *
 * @param refresh time between two frames of a live view
 * @param window of rates where a viewer asks for none
 * @param snapshotEvery a stream gets a whole graph at least this often
 * @param keepView how long a view lives on after its last viewer, so that a reload finds it
 * @param maxViews distinct live views
 * @param maxViewers viewers of all views together
 * @param maxWindows distinct windows that are fetched per refresh
 * @param ringBytes encoded changes kept per view for those who reconnect
 * @param recordEvery time between two frames of the history
 */
public record TrafficSettings(
    Duration refresh,
    Duration window,
    Duration snapshotEvery,
    Duration keepView,
    int maxViews,
    int maxViewers,
    int maxWindows,
    int ringBytes,
    Duration recordEvery) {

  /** What is used where nothing is configured. */
  public static final TrafficSettings DEFAULT =
      new TrafficSettings(
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          200,
          2_000,
          16,
          4 << 20,
          Duration.ofSeconds(10));

  public TrafficSettings withRefresh(Duration value) {
    return new TrafficSettings(
        value,
        window,
        snapshotEvery,
        keepView,
        maxViews,
        maxViewers,
        maxWindows,
        ringBytes,
        recordEvery);
  }

  public TrafficSettings withWindow(Duration value) {
    return new TrafficSettings(
        refresh,
        value,
        snapshotEvery,
        keepView,
        maxViews,
        maxViewers,
        maxWindows,
        ringBytes,
        recordEvery);
  }

  public TrafficSettings withLimits(int views, int viewers) {
    return new TrafficSettings(
        refresh,
        window,
        snapshotEvery,
        keepView,
        views,
        viewers,
        maxWindows,
        ringBytes,
        recordEvery);
  }

  public TrafficSettings withSnapshotEvery(Duration value) {
    return new TrafficSettings(
        refresh, window, value, keepView, maxViews, maxViewers, maxWindows, ringBytes, recordEvery);
  }

  public TrafficSettings withKeepView(Duration value) {
    return new TrafficSettings(
        refresh,
        window,
        snapshotEvery,
        value,
        maxViews,
        maxViewers,
        maxWindows,
        ringBytes,
        recordEvery);
  }

  public TrafficSettings withRecordEvery(Duration value) {
    return new TrafficSettings(
        refresh,
        window,
        snapshotEvery,
        keepView,
        maxViews,
        maxViewers,
        maxWindows,
        ringBytes,
        value);
  }
}
