package io.tillstream.operators.alerting.watch;

import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.routing.alert.Alert;
import io.tillstream.routing.alert.RuleBook;
import io.tillstream.routing.alert.Step;
import io.tillstream.routing.alert.Watcher;
import java.util.ArrayDeque;
import java.util.Collection;

/** The watch over all keys of a subtask: the core, its memories, its deadlines. */
final class Watch {
  // So that a tick with very many deadlines, or keys to judge anew, does not hold up a barrier.
  private static final int MOST_A_TICK = 20_000;

  private final KeyStore store;
  private final long since;
  private final long numbersAbove;
  private final Exit exit;
  private final ArrayDeque<RowKey> toJudge = new ArrayDeque<>();
  private Watcher watcher;

  /** Where words leave. */
  interface Exit {

    /** Something new to tell. */
    void tell(Alert alert);

    /** What a lost attempt told: it is published, but may not have been sent. */
    void repeat(Alert alert);
  }

  /**
   * A watch.
   *
   * @param since when this attempt of the job began to see rows, in epoch milliseconds
   * @param numbersAbove where the names of episodes begin
   */
  Watch(KeyStore store, RuleBook book, long since, long numbersAbove, Exit exit) {
    this.store = store;
    this.since = since;
    this.numbersAbove = numbersAbove;
    this.exit = exit;
    this.watcher = new Watcher(book, since, numbersAbove);
  }

  /** A row came. */
  void see(MetricRow row, long now) throws Exception {
    RowKey key = row.row();
    if (watcher.watches(key.dimension().text(), key.key())) {
      Held held = store.held(key);
      told(held, watcher.see(held.memory, RowNumbers.figures(row), now));
    }
  }

  /** Time has passed. */
  void tick(long now) throws Exception {
    for (int left = MOST_A_TICK; left > 0; left--) {
      Held held = store.pollDue(now);
      if (held == null) {
        break;
      }
      told(held, watcher.tick(held.memory, now));
      store.note(held);
    }
    judgeAnew(now);
    store.makeRoom();
  }

  /**
   * A book of rules came. Keys where something is open are looked at once, those in the heap within
   * the next ticks, all others when their next row comes.
   *
   * @return whether it is a newer one
   */
  boolean change(RuleBook book, long now) throws Exception {
    if (book.version() <= watcher.book().version()) {
      return false;
    }
    watcher = new Watcher(book, since, numbersAbove);
    for (RowKey key : store.openKeys()) {
      Held held = store.held(key);
      told(held, watcher.judge(held.memory, now));
      store.note(held);
      store.makeRoom();
    }
    toJudge.clear();
    toJudge.addAll(store.hotKeys());
    return true;
  }

  private void judgeAnew(long now) throws Exception {
    for (int left = MOST_A_TICK; left > 0 && !toJudge.isEmpty(); left--) {
      Held held = store.hot(toJudge.poll());
      if (held != null) {
        told(held, watcher.judge(held.memory, now));
      }
    }
  }

  /** Takes what a lost attempt told for told; {@code alerts} are in order. */
  void adopt(Collection<Alert> alerts, long now) throws Exception {
    for (Alert alert : alerts) {
      Held held = store.held(new RowKey(Dimension.ofText(alert.dimension()), alert.key()));
      Step step = watcher.adopt(held.memory, alert, now);
      store.keep(held, step.memory());
      step.alerts().forEach(exit::repeat);
    }
  }

  private void told(Held held, Step step) {
    store.keep(held, step.memory());
    step.alerts().forEach(exit::tell);
  }

  /** State is brought up to date. */
  void beforeBarrier() throws Exception {
    store.writeBack();
    store.makeRoom();
    store.nextRound();
  }

  RuleBook book() {
    return watcher.book();
  }
}
