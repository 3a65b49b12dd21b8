package io.tillstream.operators.ingestion;

import io.tillstream.operators.wire.KeyGroupKeys;
import io.tillstream.routing.event.Id128;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * The shards of the dedup memory: one a key group, so that a shard moves whole when the job is
 * rescaled.
 */
public final class Shards {
  /** How many there are: the operator's maximum parallelism must be the same. */
  public static final int COUNT = 128;

  private static final int BITS = Integer.numberOfTrailingZeros(COUNT);
  private static final KeyGroupKeys KEYS = new KeyGroupKeys(COUNT, "shard-");

  private Shards() {}

  /** The shard of an event: the highest bits of its mixed id. */
  public static int of(Id128 id) {
    return (int) (id.mixed() >>> (Long.SIZE - BITS));
  }

  /** The key of {@code shard}; it falls into the key group of the same number. */
  public static String key(int shard) {
    return KEYS.of(shard);
  }

  /** Keys a stream of {@link Ingested} by shard. */
  public static final class ByShard implements KeySelector<Ingested, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String getKey(Ingested value) {
      return key(value.shard());
    }
  }
}
