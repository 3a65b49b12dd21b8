package io.tillstream.operators.aggregation.trending;

import java.io.Serializable;

/**
 * What the list of trending products covers.
 *
 * @param spanSeconds how many seconds of event time, 1..3600
 * @param limit how many products, 1..1000
 */
public record TrendingOptions(int spanSeconds, int limit) implements Serializable {
  /** The top 20 of the last 60 seconds. */
  public static final TrendingOptions DEFAULT = new TrendingOptions(60, 20);

  private static final int MAX_SPAN = 3600;
  private static final int MAX_LIMIT = 1000;

  /** Checks the bounds. */
  public TrendingOptions {
    check("trending seconds", spanSeconds, MAX_SPAN);
    check("trending products", limit, MAX_LIMIT);
  }

  private static void check(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(name + " must be 1.." + max + ", not " + value);
    }
  }
}
