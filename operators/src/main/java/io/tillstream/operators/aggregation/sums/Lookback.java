package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.figures.RowKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the rows in one's own output that the restored state knows nothing of. A row is known if
 * the attempt that took the checkpoint wrote it with a version up to the checkpoint's, or if this
 * attempt wrote it; every other one was written by an attempt whose work is lost, and must be
 * superseded. The first look is at the start; later ones, from a thread of their own, find what a
 * lost process still wrote after that.
 *
 * <p>While later looks are due, offsets noted in checkpoints stay where the last look ended, so
 * that the next attempt looks at everything again that may still hold such rows.
 */
final class Lookback implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lookback.class);
  private static final long RETRY_MS = 5_000;

  private final PublishedRows rows;
  private final String aggregator;
  private final long writer;
  private final ToIntFunction<RowKey> keyGroupOf;
  private final int firstKeyGroup;
  private final Memory[] known; // by own key group; null where nothing was restored

  private Map<Integer, Long> lookedUpTo = Map.of();
  private long[] due = new long[0];
  private int next;
  private ExecutorService thread;
  private Future<Look> running;

  /**
   * What a look found.
   *
   * @param orphans the rows to supersede
   * @param highestVersion the highest version of any row, 0 if there was none
   * @param end where the look ended
   */
  record Look(Set<Orphan> orphans, long highestVersion, Map<Integer, Long> end) {}

  /** A row to supersede. */
  record Orphan(RowKey row, long windowStart) {}

  /**
   * A look-back over {@code rows} for the key groups {@code first..last}.
   *
   * @param writer this attempt
   * @param memories what the restored checkpoint holds, empty if none was restored
   */
  Lookback(
      PublishedRows rows,
      String aggregator,
      long writer,
      List<Memory> memories,
      ToIntFunction<RowKey> keyGroupOf,
      int first,
      int last) {
    this.rows = rows;
    this.aggregator = aggregator;
    this.writer = writer;
    this.keyGroupOf = keyGroupOf;
    this.firstKeyGroup = first;
    this.known = new Memory[last - first + 1];
    for (Memory memory : memories) {
      int from = Math.max(first, memory.firstKeyGroup());
      int to = Math.min(last, memory.lastKeyGroup());
      for (int group = from; group <= to; group++) {
        known[group - first] = memory;
      }
    }
  }

  /** The offsets from which on rows may stand that {@code memories} do not know. */
  static Map<Integer, Long> oldest(List<Memory> memories) {
    Map<Integer, Long> oldest = new HashMap<>(memories.get(0).offsets());
    for (Memory memory : memories) {
      // A partition that some subtask had not seen yet is read whole.
      oldest.keySet().retainAll(memory.offsets().keySet());
      oldest.replaceAll((p, offset) -> Math.min(offset, memory.offsets().get(p)));
    }
    return oldest;
  }

  /** Looks now, before anything is published. */
  Look first(Map<Integer, Long> from) {
    rows.endOffsets(); // must be known before anything is published
    Look look = look(from);
    lookedUpTo = look.end();
    return look;
  }

  /** Looks again at these times in epoch milliseconds, rising. */
  void again(long... times) {
    due = times;
    next = 0;
  }

  /** Whether every later look has been had. */
  boolean settled() {
    return next == due.length;
  }

  /** A later look that has ended since the last call, or null; starts one that is due. */
  Look poll(long now) throws InterruptedException {
    if (settled()) {
      return null;
    }
    if (running == null && now >= due[next]) {
      if (thread == null) {
        thread = Executors.newSingleThreadExecutor(Lookback::daemon);
      }
      Map<Integer, Long> from = lookedUpTo;
      running = thread.submit(() -> look(from));
    }
    if (running == null || !running.isDone()) {
      return null;
    }
    Future<Look> ended = running;
    running = null;
    try {
      Look look = ended.get();
      lookedUpTo = look.end();
      next++;
      if (settled()) {
        thread.shutdown();
      }
      return look;
    } catch (ExecutionException e) {
      LOG.warn("own output not read back, trying again in {} ms", RETRY_MS, e.getCause());
      due[next] = now + RETRY_MS;
      return null;
    }
  }

  /** What a checkpoint taken now has to note. */
  Map<Integer, Long> offsets() {
    if (!settled()) {
      return lookedUpTo;
    }
    Map<Integer, Long> newest = new HashMap<>(lookedUpTo);
    rows.endOffsets().forEach((p, offset) -> newest.merge(p, offset, Math::max));
    return newest;
  }

  private Look look(Map<Integer, Long> from) {
    Set<Orphan> orphans = new LinkedHashSet<>();
    long[] highest = new long[1];
    Map<Integer, Long> end =
        rows.readSince(
            from,
            row -> {
              highest[0] = Math.max(highest[0], row.version());
              if (isOrphan(row)) {
                orphans.add(new Orphan(row.row(), row.windowStart()));
              }
            });
    return new Look(orphans, highest[0], Map.copyOf(end));
  }

  private boolean isOrphan(PublishedRow row) {
    if (!row.aggregator().equals(aggregator) || row.writer() == writer) {
      return false;
    }
    int group = keyGroupOf.applyAsInt(row.row()) - firstKeyGroup;
    if (group < 0 || group >= known.length) {
      return false;
    }
    Memory memory = known[group];
    return memory == null || row.writer() != memory.writer() || row.version() > memory.clock();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "aggregation-lookback");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() throws InterruptedException {
    if (thread != null) {
      thread.shutdownNow();
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("the look-back over the own output does not end; closing its reader");
      }
    }
    rows.close();
  }
}
