package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.figures.Trend;
import java.util.Arrays;

/** Views and units by second while they gather; few seconds, mostly the same one again. */
final class TrendSums {
  private long[] seconds = new long[2];
  private int[] views = new int[2];
  private long[] units = new long[2];
  private int size;

  /** Counts; returns how many seconds came to be. */
  int add(long second, int moreViews, int moreUnits) {
    int at = size - 1;
    while (at >= 0 && seconds[at] != second) {
      at--;
    }
    int created = 0;
    if (at < 0) {
      at = create(second);
      created = 1;
    }
    views[at] += moreViews;
    units[at] += moreUnits;
    return created;
  }

  private int create(long second) {
    if (size == seconds.length) {
      seconds = Arrays.copyOf(seconds, size * 2);
      views = Arrays.copyOf(views, size * 2);
      units = Arrays.copyOf(units, size * 2);
    }
    seconds[size] = second;
    return size++;
  }

  Trend trend() {
    return new Trend(
        Arrays.copyOf(seconds, size), Arrays.copyOf(views, size), Arrays.copyOf(units, size));
  }
}
