package io.tillstream.operators.aggregation.carts;

import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.RowKey;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.function.Consumer;

/**
 * What became of carts since the last flush, summed by window: one change of the shop's row instead
 * of one for each signal.
 */
final class CartCounts implements CartOutcomes {
  private static final class Sum {
    long opened;
    long bought;
    long abandoned;
    long oldestRecordTime = Long.MAX_VALUE;
  }

  private final CartRules rules;
  private final Long2ObjectOpenHashMap<Sum> sums = new Long2ObjectOpenHashMap<>();
  private long recordTime = Long.MAX_VALUE;

  CartCounts(CartRules rules) {
    this.rules = rules;
  }

  /**
   * What follows is caused by a record of this Kafka timestamp, {@link Long#MAX_VALUE} by none but
   * time.
   */
  void causedBy(long recordTime) {
    this.recordTime = recordTime;
  }

  @Override
  public void changed(long moment, int opened, int bought, int abandoned) {
    long window = rules.windowStart(moment);
    Sum sum = sums.get(window);
    if (sum == null) {
      sum = new Sum();
      sums.put(window, sum);
    }
    sum.opened += opened;
    sum.bought += bought;
    sum.abandoned += abandoned;
    sum.oldestRecordTime = Math.min(sum.oldestRecordTime, recordTime);
  }

  boolean isEmpty() {
    return sums.isEmpty();
  }

  /** How many windows have changes. */
  int size() {
    return sums.size();
  }

  /** Hands out the changes that are left after what cancelled out, and begins anew. */
  void flush(Consumer<Delta> out) {
    for (var entry : sums.long2ObjectEntrySet()) {
      Sum sum = entry.getValue();
      if ((sum.opened | sum.bought | sum.abandoned) != 0) {
        Figures figures = new Figures();
        figures.addCarts(sum.opened, sum.bought, sum.abandoned);
        out.accept(Delta.of(RowKey.SHOP, entry.getLongKey(), figures, sum.oldestRecordTime));
      }
    }
    sums.clear();
  }
}
