package io.tillstream.operators.aggregation.carts;

import io.tillstream.operators.aggregation.carts.HotCarts.Hot;
import io.tillstream.operators.figures.CartSignal;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.wire.CodecSerializer;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps a {@link Cart} for each visit, keyed by {@link SessionKey}, and sends what becomes of them
 * as changes of the shop's row.
 *
 * <p>A visit has at most one timer. It is set when the cart opens and not moved by every signal:
 * when it fires too early it is set again for the right time.
 */
public final class CartOperator extends AbstractStreamOperator<Contribution>
    implements OneInputStreamOperator<CartSignal, Contribution>,
        Triggerable<String, VoidNamespace>,
        BoundedOneInput {
  private static final long serialVersionUID = 1L;
  private static final String STATE = "cart";
  private static final long FLUSH_MILLIS = 100;
  private static final int FLUSH_WINDOWS = 1024;

  private final CartRules rules;
  private final int heapCarts;

  private transient InternalTimerService<VoidNamespace> timers;
  private transient HotCarts carts;
  private transient CartCounts counts;
  private transient StreamRecord<Contribution> reused;
  private transient boolean flushPlanned;

  /**
   * An operator.
   *
   * @param heapCarts how many carts a subtask keeps in the heap in front of the state back end,
   *     above 0; each takes about 400 bytes
   */
  public CartOperator(CartRules rules, int heapCarts) {
    if (heapCarts <= 0) {
      throw new IllegalArgumentException("carts in the heap must be above 0, not " + heapCarts);
    }
    this.rules = rules;
    this.heapCarts = heapCarts;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var state =
        context
            .getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(STATE, new CodecSerializer<>(CartHistoryCodec.class)));
    carts =
        new HotCarts(
            rules, heapCarts, state, context.isRestored() ? stored() : 0, this::setCurrentKey);
    counts = new CartCounts(rules);
    reused = new StreamRecord<>(null);
  }

  private long stored() {
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(STATE, VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("carts", VoidNamespaceSerializer.INSTANCE, this);
  }

  @Override
  public void processElement(StreamRecord<CartSignal> element) throws Exception {
    CartSignal signal = element.getValue();
    Hot hot = carts.findOrBegin((String) getCurrentKey());
    counts.causedBy(signal.recordTime());
    hot.cart.add(signal.type(), signal.eventTime(), timers.currentWatermark(), counts);
    keep(hot);
    if (counts.size() >= FLUSH_WINDOWS) {
      flush();
    } else if (!counts.isEmpty() && !flushPlanned) {
      planFlush();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what the callback throws fails the task
  private void planFlush() {
    flushPlanned = true;
    var clock = getProcessingTimeService();
    clock.registerTimer(
        clock.getCurrentProcessingTime() + FLUSH_MILLIS,
        time -> {
          flushPlanned = false;
          flush();
        });
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    Hot hot = carts.find(timer.getKey());
    if (hot == null) {
      return;
    }
    if (hot.timer == timer.getTimestamp()) {
      hot.timer = CartRules.NEVER;
    }
    counts.causedBy(Long.MAX_VALUE);
    hot.cart.advance(timers.currentWatermark(), counts);
    keep(hot);
    if (counts.size() >= FLUSH_WINDOWS) {
      flush();
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("carts live in event time only");
  }

  private void keep(Hot hot) throws IOException {
    long due = hot.cart.due();
    if (due < hot.timer || hot.cart.isOver()) {
      if (hot.timer != CartRules.NEVER) {
        timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, hot.timer);
      }
      if (due != CartRules.NEVER) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
      }
      hot.timer = due;
    }
    if (hot.cart.isOver()) {
      carts.forget(hot);
    } else {
      carts.changed(hot); // last: it may change the current key
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    // As the superclass does it, but what the timers count goes before the watermark too.
    getTimeServiceManager().orElseThrow().advanceWatermark(mark);
    flush();
    output.emitWatermark(mark);
  }

  private void flush() {
    counts.flush(delta -> output.collect(reused.replace(delta)));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    carts.writeAll();
  }

  @Override
  public void endInput() {
    flush();
  }
}
