package io.tillstream.operators.alerting.watch;

import io.tillstream.operators.figures.RowKey;
import io.tillstream.routing.alert.KeyMemory;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/**
 * All memories of a subtask. Hot ones live in the heap and are written to state before each
 * barrier; a key that is not there is asked for in state, once.
 */
final class KeyStore {
  private final KeyState state;
  private final int most;
  private final Object2ObjectOpenHashMap<RowKey, Held> heap = new Object2ObjectOpenHashMap<>();
  private final Matters matters = new Matters();
  private final List<Held> dirty = new ArrayList<>();
  private long round;
  private long openEpisodes;

  /**
   * A store over {@code state}.
   *
   * @param most how many memories stay in the heap from one tick to the next
   */
  KeyStore(KeyState state, int most) {
    this.state = state;
    this.most = most;
  }

  /** Reads the keys with open matters. */
  void restore() throws Exception {
    List<RowKey> marked = new ArrayList<>();
    state.forEachMarked(marked::add);
    for (RowKey key : marked) {
      Held held = held(key);
      openEpisodes += held.memory.openEpisodes();
      note(held);
      if (heap.size() > most) {
        evict();
      }
    }
    var unused = matters.turned(); // they are marked
  }

  /** The key's memory, an empty one if it has none. */
  Held held(RowKey key) throws Exception {
    Held held = heap.get(key);
    if (held == null) {
      KeyMemory stored = state.read(key);
      held = new Held(key, stored == null ? KeyMemory.EMPTY : stored, stored != null);
      heap.put(key, held);
    }
    held.round = round;
    return held;
  }

  /** The key has another memory from now on. */
  void keep(Held held, KeyMemory memory) {
    if (memory == held.memory) {
      return;
    }
    openEpisodes += memory.openEpisodes() - held.memory.openEpisodes();
    held.memory = memory;
    if (!held.dirty) {
      held.dirty = true;
      dirty.add(held);
    }
    note(held);
  }

  /** Tells the index of open matters what the memory says. */
  void note(Held held) {
    matters.set(held.key, held.memory.openEpisodes() > 0, held.memory.nextDeadline());
  }

  /** A key that may be due; {@link #note} it again afterwards. Null if none is. */
  Held pollDue(long now) throws Exception {
    RowKey key = matters.pollDue(now);
    return key == null ? null : held(key);
  }

  /** The key's memory if it is in the heap, else null. */
  Held hot(RowKey key) {
    return heap.get(key);
  }

  /** Every key whose memory is in the heap. */
  List<RowKey> hotKeys() {
    return List.copyOf(heap.keySet());
  }

  /** Every key with open matters. */
  Collection<RowKey> openKeys() {
    return matters.keys();
  }

  /** Brings state up to what the heap knows. */
  void writeBack() throws Exception {
    for (Held held : dirty) {
      if (!held.memory.isEmpty()) {
        state.write(held.key, held.memory);
        held.stored = true;
      } else if (held.stored) {
        state.remove(held.key);
        held.stored = false;
      }
      held.dirty = false;
    }
    dirty.clear();
    for (RowKey key : matters.turned()) {
      state.mark(key, matters.contains(key));
    }
  }

  /** Lets memories go from the heap if there are too many: first those nobody asked for lately. */
  void makeRoom() throws Exception {
    if (heap.size() > most) {
      evict();
    }
  }

  private void evict() throws Exception {
    writeBack();
    int target = most - most / 4;
    dropBefore(round, target);
    dropBefore(Long.MAX_VALUE, target);
    round++;
  }

  private void dropBefore(long bound, int target) {
    Iterator<Held> all = heap.values().iterator();
    while (heap.size() > target && all.hasNext()) {
      if (all.next().round < bound) {
        all.remove();
      }
    }
  }

  /** What is not asked for from now on goes first when room is needed. */
  void nextRound() {
    round++;
  }

  long openEpisodes() {
    return openEpisodes;
  }

  int inHeap() {
    return heap.size();
  }

  int openMatters() {
    return matters.size();
  }
}
