package io.tillstream.operators.aggregation.carts;

import io.tillstream.operators.figures.CartSignal;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.ContributionCodec;
import io.tillstream.operators.wire.CodecTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Puts the carts into a topology. */
public final class Carts {
  /** How many carts a subtask keeps in the heap, unless told otherwise: about 80 MB. */
  public static final int HEAP_CARTS = 200_000;

  private static final String NAME = "Aggregation: carts";
  private static final String UID = "aggregation-carts";

  private Carts() {}

  /** The changes of the shop's row that these signals make, with {@link #HEAP_CARTS}. */
  public static SingleOutputStreamOperator<Contribution> of(
      DataStream<CartSignal> signals, CartRules rules) {
    return of(signals, rules, HEAP_CARTS);
  }

  /**
   * The changes of the shop's row that these signals make.
   *
   * @param signals with watermarks; none of them late
   * @param heapCarts see {@link CartOperator}
   */
  public static SingleOutputStreamOperator<Contribution> of(
      DataStream<CartSignal> signals, CartRules rules, int heapCarts) {
    return signals
        .keyBy(new SessionKey(), Types.STRING)
        .transform(
            NAME,
            CodecTypeInfo.of(Contribution.class, ContributionCodec.class),
            new CartOperator(rules, heapCarts))
        .uid(UID);
  }
}
