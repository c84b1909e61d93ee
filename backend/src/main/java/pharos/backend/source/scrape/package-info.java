/**
 * Telemetry without Prometheus: scrapes the proxies' {@code /stats/prometheus} itself, keeps the
 * counters of the last minutes and computes rates as Prometheus would. Never asks the cluster: who
 * is scraped comes in through {@link pharos.backend.source.scrape.ScrapeTargets}. Start at {@link
 * pharos.backend.source.scrape.ScrapeTelemetry}.
 */
@NullMarked
package pharos.backend.source.scrape;

import org.jspecify.annotations.NullMarked;
