package io.tillstream.operators.alerting.watch;

import io.tillstream.operators.figures.RowKey;
import it.unimi.dsi.fastutil.objects.Object2LongOpenHashMap;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The keys whose memory must be found without a row that names it: something is open there, or
 * falls due. Holds names and times, not memories.
 */
final class Matters {
  /** No deadline. */
  static final long NEVER = Long.MAX_VALUE;

  private record Due(long at, RowKey key) {}

  // The earliest entry of each key in the queue. A deadline that moves on, as with every purchase,
  // is not queued anew: its key finds out when the earlier time has come.
  private final Object2LongOpenHashMap<RowKey> queued = new Object2LongOpenHashMap<>();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
  private final Set<RowKey> turned = new HashSet<>();

  Matters() {
    queued.defaultReturnValue(-1);
  }

  /**
   * What a key's memory says now.
   *
   * @param open whether an episode is open
   * @param deadline when it must be looked at, or {@link #NEVER}
   */
  void set(RowKey key, boolean open, long deadline) {
    boolean known = queued.containsKey(key);
    if (!open && deadline == NEVER) {
      if (known) {
        queued.removeLong(key); // its entries in the queue are passed over
        turned.add(key);
      }
      return;
    }
    if (!known) {
      queued.put(key, NEVER);
      turned.add(key);
    }
    if (deadline < queued.getLong(key)) {
      queued.put(key, deadline);
      queue.add(new Due(deadline, key));
    }
  }

  /** A key that may be due: its memory must be asked and {@link #set} again; null if none is. */
  RowKey pollDue(long now) {
    while (!queue.isEmpty() && queue.peek().at() <= now) {
      Due due = queue.poll();
      if (queued.containsKey(due.key()) && queued.getLong(due.key()) == due.at()) {
        queued.put(due.key(), NEVER);
        return due.key();
      }
    }
    return null;
  }

  /** Whether the key is among them. */
  boolean contains(RowKey key) {
    return queued.containsKey(key);
  }

  /** All of them. */
  Collection<RowKey> keys() {
    return List.copyOf(queued.keySet());
  }

  /** Those that came in or went since the last call. */
  Collection<RowKey> turned() {
    List<RowKey> keys = List.copyOf(turned);
    turned.clear();
    return keys;
  }

  int size() {
    return queued.size();
  }

  int queued() {
    return queue.size();
  }
}
