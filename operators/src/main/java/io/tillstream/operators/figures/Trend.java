package io.tillstream.operators.figures;

import java.util.Arrays;

/**
 * Views and bought units of one product by second of event time: what trending is made of. The
 * three arrays have the same length.
 *
 * @param seconds epoch seconds, each at most once
 * @param views views in that second
 * @param units units bought in that second
 */
public record Trend(long[] seconds, int[] views, long[] units) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Trend that
        && Arrays.equals(seconds, that.seconds)
        && Arrays.equals(views, that.views)
        && Arrays.equals(units, that.units);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(seconds);
  }

  @Override
  public String toString() {
    return Arrays.toString(seconds) + Arrays.toString(views) + Arrays.toString(units);
  }
}
