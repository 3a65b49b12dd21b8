package io.tillstream.operators.alerting.watch;

import io.tillstream.routing.alert.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what was told after the checkpoint that the state comes from. One look at the start; one
 * more, from a thread of its own, for what a lost process still told after that. Until that one is
 * had, the offsets noted in checkpoints stay where the first ended, so that the next attempt looks
 * there again.
 */
final class ToldLook implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ToldLook.class);
  private static final long RETRY_MS = 5_000;
  private static final long NEVER = Long.MAX_VALUE;
  // An episode's words in their order, and a key's episodes too, also from several partitions.
  private static final Comparator<Alert> IN_ORDER =
      Comparator.comparingLong(Alert::raisedAt)
          .thenComparing(Alert::alertId)
          .thenComparingLong(Alert::sequence);

  private final ToldAlerts told;
  private final Predicate<Alert> mine;

  private Map<Integer, Long> lookedUpTo = Map.of();
  private long due = NEVER;
  private ExecutorService thread;
  private Future<Found> running;

  private record Found(List<Alert> alerts, Map<Integer, Long> end) {}

  /**
   * A look at what was told.
   *
   * @param mine whether an alert's key belongs to this subtask
   */
  ToldLook(ToldAlerts told, Predicate<Alert> mine) {
    this.told = told;
    this.mine = mine;
  }

  /** Looks now, before anything is told. */
  List<Alert> first(Map<Integer, Long> from) {
    var unused = told.endOffsets(); // must be known before anything is told
    Found found = look(from);
    lookedUpTo = found.end();
    return found.alerts();
  }

  /** Looks once more at this time in epoch milliseconds. */
  void again(long at) {
    due = at;
  }

  /** Whether nothing can turn up any more. */
  boolean settled() {
    return due == NEVER;
  }

  /** What a later look found that has ended since the last call; starts one that is due. */
  List<Alert> poll(long now) throws InterruptedException {
    if (running == null && now >= due) {
      thread = thread == null ? Executors.newSingleThreadExecutor(ToldLook::daemon) : thread;
      Map<Integer, Long> from = lookedUpTo;
      running = thread.submit(() -> look(from));
    }
    if (running == null || !running.isDone()) {
      return List.of();
    }
    Future<Found> ended = running;
    running = null;
    try {
      Found found = ended.get();
      lookedUpTo = found.end();
      due = NEVER;
      thread.shutdown();
      return found.alerts();
    } catch (ExecutionException e) {
      LOG.warn("own alerts not read back, trying again in {} ms", RETRY_MS, e.getCause());
      due = now + RETRY_MS;
      return List.of();
    }
  }

  /** What a checkpoint taken now has to note. */
  Map<Integer, Long> offsets() {
    if (!settled()) {
      return lookedUpTo;
    }
    Map<Integer, Long> newest = new HashMap<>(lookedUpTo);
    told.endOffsets().forEach((partition, offset) -> newest.merge(partition, offset, Math::max));
    return newest;
  }

  private Found look(Map<Integer, Long> from) {
    List<Alert> alerts = new ArrayList<>();
    Map<Integer, Long> end =
        told.readSince(
            from,
            alert -> {
              if (mine.test(alert)) {
                alerts.add(alert);
              }
            });
    alerts.sort(IN_ORDER);
    return new Found(List.copyOf(alerts), Map.copyOf(end));
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "alert-look-back");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() throws InterruptedException {
    if (thread != null) {
      thread.shutdownNow();
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("the look at what was told does not end; closing its reader");
      }
    }
    told.close();
  }
}
