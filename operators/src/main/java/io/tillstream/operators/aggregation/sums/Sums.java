package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.aggregation.Pace;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.OwedClock;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.wire.Frontier;
import it.unimi.dsi.fastutil.objects.ObjectArrayList;
import java.util.function.Consumer;

/**
 * The sums of one subtask: takes changes in, publishes changed rows with rising versions, closes
 * windows behind the watermark and forgets them when nothing can reach them any more. Not for
 * several threads.
 */
public final class Sums {
  /** With at most so many changed rows it publishes at once: low traffic is shown soonest. */
  private static final int FEW_ROWS = 1_000;

  private static final long LONGEST_INTERVAL = 2_000;

  private static final int ROWS_FORGOTTEN_AT_ONCE = 20_000;

  private final AggregationOptions options;
  private final long latenessMillis;
  private final Pace pace;
  private final RowStore store;
  private final Consumer<MetricRow> out;
  private final long writer;
  private final Frontier owed = new Frontier();
  private final ObjectArrayList<Row> unpublished = new ObjectArrayList<>();

  private long clock;
  private long watermark;
  private long owedFrom = Long.MIN_VALUE;
  private boolean keepAll;
  private long lastPublished; // any time long ago
  private long oldestUnpublished = Long.MAX_VALUE;

  private long aggregated;
  private long degradedOpen;
  private long published;
  private long superseded;
  private long recreated;

  /**
   * Sums over what {@code state} holds.
   *
   * @param clock the highest version given so far; the next is above it
   * @param watermark the watermark so far, {@link Long#MIN_VALUE} if none
   * @param writer this attempt's number, in every row
   * @param out takes every published row
   */
  public Sums(
      AggregationOptions options,
      RowState state,
      long clock,
      long watermark,
      Ledger ledger,
      long writer,
      Consumer<MetricRow> out)
      throws Exception {
    this.options = options;
    this.latenessMillis = options.lateness().toMillis();
    long interval = options.publishInterval().toMillis();
    this.pace = new Pace(interval, Math.max(interval, LONGEST_INTERVAL));
    this.store = new RowStore(state, options.window().toMillis());
    this.clock = clock;
    this.watermark = watermark;
    this.aggregated = ledger.aggregated();
    this.degradedOpen = ledger.degradedOpen();
    this.writer = writer;
    this.out = out;
    store.restore(watermark);
  }

  /**
   * Takes a change in; it is published later.
   *
   * @return the row's category now, or null
   */
  public String add(Delta delta, long now) throws Exception {
    RowKey key = delta.row();
    Row row = findOrCreate(key, delta.windowStart());
    row.add(delta);
    queue(row);
    oldestUnpublished = Math.min(oldestUnpublished, delta.oldestRecordTime());
    if (key.dimension() == Dimension.PRODUCT) {
      aggregated += delta.events();
      degradedOpen += delta.figures().degraded();
    }
    makeRoom(now);
    return row.category();
  }

  private void makeRoom(long now) throws Exception {
    if (store.inHeap() > options.heapRows()) {
      publish(now); // a row that waits in state has nothing left to publish
      store.evictDownTo(options.heapRows() - options.heapRows() / 4);
    }
  }

  /** Takes a reading of what repairs still owe; forgets what nobody owes any more. */
  public void owed(OwedClock reading, long now) throws Exception {
    owed.read(reading.sender(), reading.senders(), reading.oldestWindow());
    long from = owed.value();
    if (from != owedFrom) {
      owedFrom = from;
      forget(now);
    }
  }

  /** Closes the windows that {@code mark} has passed and forgets those that nothing can reach. */
  public void watermark(long mark, long now) throws Exception {
    if (mark <= watermark) {
      return;
    }
    watermark = mark;
    for (RowWindow window = store.oldestOpen();
        window != null && window.end - 1 <= mark;
        window = store.oldestOpen()) {
      close(window, now);
    }
    forget(now);
  }

  private void close(RowWindow window, long now) throws Exception {
    store.close(window);
    for (RowKey key : window.waiting.toArray(new RowKey[0])) {
      store.find(window, key);
    }
    for (Row row : window.rows.values()) {
      if (!row.finalPublished() || row.unpublished) {
        publish(row, now);
      }
    }
    makeRoom(now);
  }

  // Windows are forgotten in their order: the first that must stay ends the walk. Not too many at
  // once: what a long outage was owed are millions of rows, and a barrier may wait.
  private void forget(long now) throws Exception {
    int removed = 0;
    for (RowWindow window = store.oldestClosed();
        window != null
            && !keepAll
            && isOutOfReach(window.start)
            && removed < ROWS_FORGOTTEN_AT_ONCE;
        window = store.oldestClosed()) {
      for (Row row : window.rows.values()) {
        if (row.unpublished) {
          publish(row, now);
        }
      }
      removed += store.drop(window);
    }
  }

  // No event can be judged in time for it, and no repair is owed to it.
  private boolean isOutOfReach(long windowStart) {
    long lastMoment = windowStart + options.window().toMillis() - 1;
    return lastMoment + latenessMillis <= watermark && windowStart < owedFrom;
  }

  /**
   * Publishes the row again with a higher version: as it is known here, or as zeros. For a row that
   * an attempt published whose work was lost.
   */
  public void supersede(RowKey key, long windowStart) throws Exception {
    RowWindow window = store.window(windowStart, watermark);
    Row row = store.find(window, key);
    if (row == null) {
      row = store.create(window, key);
    }
    queue(row);
    superseded++;
  }

  /** Makes every further version higher than {@code version}. */
  public void lift(long version) {
    clock = Math.max(clock, version);
  }

  /** While true no window is forgotten: rows may turn up that must be superseded by the truth. */
  public void keepAll(boolean keep, long now) throws Exception {
    keepAll = keep;
    forget(now);
  }

  /** Publishes what changed if it is time. To be called every 50 ms or so. */
  public void tick(long now) throws Exception {
    forget(now);
    if (unpublished.isEmpty()) {
      return;
    }
    boolean due = now - lastPublished >= pace.interval(oldestUnpublished, now);
    if (due || unpublished.size() <= FEW_ROWS) {
      publish(now);
    }
  }

  /** Publishes and writes everything, so that a snapshot taken now holds what readers have seen. */
  public void beforeBarrier(long now) throws Exception {
    publish(now);
    store.writeBack();
    if (watermark > Long.MIN_VALUE + latenessMillis) {
      store.evictClosedBefore(watermark - latenessMillis + 1); // only a repair can still want them
    }
  }

  /** Publishes every changed row. */
  public void publish(long now) {
    for (int i = 0; i < unpublished.size(); i++) {
      Row row = unpublished.get(i);
      if (row.unpublished) {
        publish(row, now);
      }
    }
    unpublished.clear();
    oldestUnpublished = Long.MAX_VALUE;
    lastPublished = now;
  }

  private void publish(Row row, long now) {
    boolean isFinal = row.window.closed || row.finalPublished();
    out.accept(
        new MetricRow(
            row.key,
            row.window.start,
            row.window.end,
            row.figures().copy(),
            row.category(),
            row.stock(),
            options.aggregator(),
            ++clock,
            writer,
            isFinal,
            row.oldestNew(),
            now));
    row.published(isFinal);
    published++;
  }

  private Row findOrCreate(RowKey key, long windowStart) throws Exception {
    RowWindow window = store.window(windowStart, watermark);
    Row row = store.find(window, key);
    if (row == null) {
      if (window.closed && isOutOfReach(windowStart)) {
        recreated++;
      }
      row = store.create(window, key);
    }
    return row;
  }

  private void queue(Row row) {
    if (!row.unpublished) {
      row.unpublished = true;
      unpublished.add(row);
    }
  }

  /** The highest version given so far. */
  public long clock() {
    return clock;
  }

  /** The newest watermark. */
  public long watermark() {
    return watermark;
  }

  /** What was counted so far. */
  public Ledger ledger() {
    return new Ledger(aggregated, degradedOpen);
  }

  /** How it is doing. */
  public SumsStatus status() {
    return new SumsStatus(
        ledger(),
        store.inHeap(),
        unpublished.size(),
        store.windows(),
        store.openWindows(),
        watermark,
        published,
        superseded,
        recreated,
        !keepAll);
  }
}
