package io.tillstream.operators.aggregation.carts;

import io.tillstream.routing.event.EventType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One visit's carts computed anew from all its signals: the contract, word by word. */
final class NaiveCarts {
  record Signal(long time, EventType type) {}

  private static final List<EventType> ORDER =
      List.of(
          EventType.ADD_TO_CART,
          EventType.REMOVE_FROM_CART,
          EventType.BEGIN_CHECKOUT,
          EventType.PURCHASE);

  private NaiveCarts() {}

  /** Opened, bought, abandoned by window start, windows without any left out. */
  static Map<Long, List<Integer>> outcomes(List<Signal> signals, CartRules rules, long watermark) {
    List<Signal> sorted = new ArrayList<>(signals);
    sorted.sort(
        Comparator.comparingLong(Signal::time).thenComparingInt(s -> ORDER.indexOf(s.type())));
    Tally tally = new Tally(rules);
    Long last = null;
    for (Signal signal : sorted) {
      if (last != null && signal.time() - last >= rules.timeout()) {
        if (last + rules.timeout() <= watermark) {
          tally.changed(last + rules.timeout(), 0, 0, 1);
        }
        last = null;
      }
      switch (signal.type()) {
        case ADD_TO_CART -> {
          if (last == null) {
            tally.changed(signal.time(), 1, 0, 0);
          }
          last = signal.time();
        }
        case PURCHASE -> {
          if (last != null) {
            tally.changed(signal.time(), 0, 1, 0);
          }
          last = null;
        }
        default -> last = last == null ? null : signal.time();
      }
    }
    if (last != null && last + rules.timeout() <= watermark) {
      tally.changed(last + rules.timeout(), 0, 0, 1);
    }
    return tally.counts();
  }

  /** Adds up what is told. */
  static final class Tally implements CartOutcomes {
    private final CartRules rules;
    private final Map<Long, int[]> windows = new TreeMap<>();

    Tally(CartRules rules) {
      this.rules = rules;
    }

    @Override
    public void changed(long moment, int opened, int bought, int abandoned) {
      int[] sums =
          windows.computeIfAbsent(
              Math.floorDiv(moment, rules.window()) * rules.window(), w -> new int[3]);
      sums[0] += opened;
      sums[1] += bought;
      sums[2] += abandoned;
    }

    Map<Long, List<Integer>> counts() {
      Map<Long, List<Integer>> counts = new TreeMap<>();
      windows.forEach(
          (window, sums) -> {
            if ((sums[0] | sums[1] | sums[2]) != 0) {
              counts.put(window, List.of(sums[0], sums[1], sums[2]));
            }
          });
      return counts;
    }
  }
}
