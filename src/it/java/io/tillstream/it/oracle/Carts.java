package io.tillstream.it.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** A session's carts, folded in the order of event time. */
final class Carts {
  private static final List<String> TIE_ORDER =
      List.of("add_to_cart", "remove_from_cart", "begin_checkout", "purchase");

  private record Step(long time, int kind) {}

  private final Map<String, List<Step>> sessions = new HashMap<>();

  void add(InputEvent event) {
    int kind = TIE_ORDER.indexOf(event.type());
    if (event.session() != null && kind >= 0) {
      sessions
          .computeIfAbsent(event.session(), id -> new ArrayList<>())
          .add(new Step(event.time(), kind));
    }
  }

  /**
   * Counts carts in the shop's rows.
   *
   * @param low the watermark that was reached for sure
   * @param high the watermark that was not passed for sure
   * @param rowAt the shop's row for the window of a moment
   */
  void count(long timeout, long low, long high, LongFunction<ExpectedRow> rowAt) {
    for (List<Step> steps : sessions.values()) {
      steps.sort(Comparator.comparingLong(Step::time).thenComparingInt(Step::kind));
      fold(steps, timeout, low, high, rowAt);
    }
  }

  private static void fold(
      List<Step> steps, long timeout, long low, long high, LongFunction<ExpectedRow> rowAt) {
    boolean open = false;
    long last = 0;
    for (Step step : steps) {
      // Who comes exactly at the moment comes after the abandonment.
      if (open && step.time >= last + timeout) {
        abandon(last + timeout, low, rowAt);
        open = false;
      }
      String type = TIE_ORDER.get(step.kind);
      if (type.equals("purchase")) {
        if (open) {
          rowAt.apply(step.time).cartsBought++;
        }
        open = false;
      } else if (open) {
        last = step.time;
      } else if (type.equals("add_to_cart")) {
        rowAt.apply(step.time).cartsOpened++;
        open = true;
        last = step.time;
      }
    }
    if (open && last + timeout <= high) {
      abandon(last + timeout, low, rowAt);
    }
  }

  /**
   * Later events of the session prove nothing yet: one that keeps the cart alive may still come.
   */
  private static void abandon(long moment, long low, LongFunction<ExpectedRow> rowAt) {
    if (moment <= low) {
      rowAt.apply(moment).cartsAbandoned++;
    } else {
      rowAt.apply(moment).cartsPerhapsAbandoned++;
    }
  }
}
