package io.tillstream.operators.enrichment.repair;

import io.tillstream.operators.figures.Owed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/** Gives up what has been owed beyond the horizon: its rows stay degraded for ever. */
final class WriteOff {
  private static final long LONGEST_PAUSE_MS = 60_000;

  private final long horizon;
  private final Debts debts;
  private final DebtIndex index;
  private long next;

  /** Nothing looked through; {@code horizon} in milliseconds. */
  WriteOff(long horizon, Debts debts, DebtIndex index) {
    this.horizon = horizon;
    this.debts = debts;
    this.index = index;
  }

  /**
   * Looks through the debts, now and then.
   *
   * @param now epoch milliseconds of processing time
   * @return how many lines were given up
   */
  long run(long now) throws Exception {
    long lines = 0;
    if (now >= next) {
      next = now + Math.min(LONGEST_PAUSE_MS, Math.max(1, horizon / 100));
      for (DebtIndex.Item item : index.owedSince(now - horizon)) {
        lines += run(item, now - horizon);
      }
    }
    return lines;
  }

  private long run(DebtIndex.Item item, long limit) throws Exception {
    long lines = 0;
    long oldestWindow = Long.MAX_VALUE;
    long oldestSince = Long.MAX_VALUE;
    List<Owed.Key> over = new ArrayList<>();
    MapState<Owed.Key, Debt> state = debts.of(item.id);
    Iterator<Map.Entry<Owed.Key, Debt>> entries = state.iterator();
    while (entries.hasNext()) {
      Map.Entry<Owed.Key, Debt> entry = entries.next();
      if (entry.getValue().since() <= limit) {
        over.add(entry.getKey());
        lines += entry.getValue().figures().degraded();
      } else {
        oldestWindow = Math.min(oldestWindow, entry.getKey().windowStart());
        oldestSince = Math.min(oldestSince, entry.getValue().since());
      }
    }
    for (Owed.Key key : over) {
      state.remove(key);
    }
    if (oldestSince == Long.MAX_VALUE) {
      index.paid(item);
    } else {
      index.correct(item, oldestWindow, oldestSince);
    }
    return lines;
  }
}
