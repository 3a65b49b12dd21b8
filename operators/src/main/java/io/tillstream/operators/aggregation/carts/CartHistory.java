package io.tillstream.operators.aggregation.carts;

import java.util.Arrays;

/**
 * What is remembered of a visit's cart, as it stands in state.
 *
 * @param base the last activity of the cart that was open before the first signal, in epoch
 *     milliseconds; {@link Cart#CLOSED} if none was
 * @param counted the watermark up to which abandonments are counted
 * @param timer when the visit's timer is due, {@link Long#MAX_VALUE} if it has none
 * @param signals what may still fall into another order, ascending, each time {@code <<} 3 | event
 *     type's code; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its content below, and never changed
public record CartHistory(long base, long counted, long timer, long[] signals) {

  @Override
  public boolean equals(Object other) {
    return other instanceof CartHistory that
        && base == that.base
        && counted == that.counted
        && timer == that.timer
        && Arrays.equals(signals, that.signals);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(base) * 31 + Arrays.hashCode(signals);
  }

  @Override
  public String toString() {
    return "CartHistory[base=%d, counted=%d, timer=%d, signals=%s]"
        .formatted(base, counted, timer, Arrays.toString(signals));
  }
}
