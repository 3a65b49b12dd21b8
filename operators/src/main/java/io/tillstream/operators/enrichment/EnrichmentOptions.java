package io.tillstream.operators.enrichment;

import io.tillstream.operators.enrichment.lookup.Checks;
import io.tillstream.operators.enrichment.lookup.LookupOptions;
import io.tillstream.operators.enrichment.lookup.RedisOptions;
import io.tillstream.operators.enrichment.repair.RepairOptions;
import java.io.Serializable;

/**
 * What can be set of the enrichment.
 *
 * @param redis where the catalog is
 * @param lookup how it is asked
 * @param maxInFlight how many events of a subtask may wait for answers, 1..1,000,000
 * @param repair how missing answers are made up for
 */
public record EnrichmentOptions(
    RedisOptions redis, LookupOptions lookup, int maxInFlight, RepairOptions repair)
    implements Serializable {

  /** Checks the bounds. */
  public EnrichmentOptions {
    Checks.notNull("redis", redis);
    Checks.notNull("lookup", lookup);
    Checks.notNull("repair", repair);
    Checks.within("maxInFlight", maxInFlight, 1, 1_000_000);
  }

  /** What holds unless something is set; {@code uri} as in {@link RedisOptions}. */
  public static EnrichmentOptions defaults(String uri) {
    return new EnrichmentOptions(
        RedisOptions.of(uri), LookupOptions.standard(), 20_000, RepairOptions.standard());
  }

  /** The same with another way to look up. */
  public EnrichmentOptions withLookup(LookupOptions newLookup) {
    return new EnrichmentOptions(redis, newLookup, maxInFlight, repair);
  }

  /** The same with another bound of events that wait. */
  public EnrichmentOptions withMaxInFlight(int newMaxInFlight) {
    return new EnrichmentOptions(redis, lookup, newMaxInFlight, repair);
  }

  /** The same with another repair. */
  public EnrichmentOptions withRepair(RepairOptions newRepair) {
    return new EnrichmentOptions(redis, lookup, maxInFlight, newRepair);
  }
}
