package io.tillstream.jobs;

import io.tillstream.jobs.kafka.Topics;
import io.tillstream.jobs.options.JobOptions;
import io.tillstream.jobs.options.Option;
import io.tillstream.jobs.options.OptionException;
import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.aggregation.carts.CartRules;
import io.tillstream.operators.alerting.AlertOptions;
import io.tillstream.operators.alerting.webhooks.WebhookOptions;
import io.tillstream.operators.enrichment.EnrichmentOptions;
import io.tillstream.operators.enrichment.lookup.LookupOptions;
import io.tillstream.operators.enrichment.lookup.RedisOptions;
import io.tillstream.operators.enrichment.repair.RepairOptions;
import io.tillstream.operators.ingestion.IngestionOptions;
import io.tillstream.routing.plan.RoutePlan;
import java.time.Duration;

/**
 * The options of each agent, put together from the submit's.
 *
 * @param ingestion the ingestion's
 * @param enrichment the enrichment's
 * @param aggregation the aggregation's
 * @param carts how long carts live
 * @param plan the routes, their conditions and retries
 * @param alerts the alert agent's
 * @param bus how agents and orchestrator hear of each other
 */
public record PipelineOptions(
    IngestionOptions ingestion,
    EnrichmentOptions enrichment,
    AggregationOptions aggregation,
    CartRules carts,
    RoutePlan plan,
    AlertOptions alerts,
    Bus.Kind bus) {
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration UNKNOWN_TTL = Duration.ofSeconds(10);

  /**
   * Checks and spreads the options.
   *
   * @throws OptionException naming the option and the bound
   */
  public static PipelineOptions of(JobOptions options) {
    Duration window = options.duration(Option.WINDOW);
    Duration lateness = options.duration(Option.LATENESS);
    RoutePlan plan = options.plan();
    try {
      return new PipelineOptions(
          new IngestionOptions(
              options.duration(Option.OUT_OF_ORDERNESS),
              options.duration(Option.IDLE_TIMEOUT),
              options.duration(Option.MAX_AHEAD),
              options.duration(Option.DEDUP_WINDOW),
              lateness,
              window),
          enrichment(options, plan),
          AggregationOptions.defaults().withWindow(window, lateness),
          CartRules.of(options.duration(Option.CART_TIMEOUT), window, lateness),
          plan,
          AlertOptions.of(options.alertRules(), lateness.plus(window), webhooks(options)),
          Bus.Kind.of(options));
    } catch (OptionException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new OptionException(e.getMessage());
    }
  }

  private static WebhookOptions webhooks(JobOptions options) {
    return WebhookOptions.of(
        options.flag(Option.ALLOW_PRIVATE_WEBHOOKS),
        options.text(Option.WEBHOOK_SECRETS),
        options.duration(
            Option.WEBHOOK_TIMEOUT,
            WebhookOptions.SHORTEST_TIMEOUT,
            WebhookOptions.LONGEST_TIMEOUT),
        options.topic(Topics.ALERTS));
  }

  private static EnrichmentOptions enrichment(JobOptions options, RoutePlan plan) {
    Duration roundTrip =
        options.duration(Option.LOOKUP_TIMEOUT, Duration.ofMillis(3), Duration.ofSeconds(15));
    RedisOptions redis =
        new RedisOptions(
            options.text(Option.REDIS_URI),
            options.text(Option.CATALOG_MARKER),
            roundTrip,
            roundTrip,
            roundTrip.multipliedBy(2));
    LookupOptions standard = LookupOptions.standard();
    LookupOptions lookup =
        standard
            // Until a decision brings another one.
            .withFailures(
                plan.route(RoutePlan.ENRICHMENT).retry(),
                standard.breaker(),
                standard.probeInterval())
            .withBounds(roundTrip.multipliedBy(2), roundTrip.multipliedBy(4))
            .withCache(
                options.duration(Option.CACHE_TTL, MILLI, Duration.ofDays(30)),
                UNKNOWN_TTL,
                standard.maxProducts(),
                standard.maxUsers());
    EnrichmentOptions defaults = EnrichmentOptions.defaults(options.text(Option.REDIS_URI));
    return new EnrichmentOptions(
        redis,
        lookup,
        defaults.maxInFlight(),
        RepairOptions.standard()
            .withHorizon(
                options.duration(
                    Option.REPAIR_HORIZON, Duration.ofSeconds(1), Duration.ofDays(365))));
  }
}
