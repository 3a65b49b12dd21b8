package io.tillstream.operators.ingestion;

import io.tillstream.routing.event.Id128;

/**
 * Ids and the times they were seen at, in an open-addressing table of 28 bytes a slot: linear
 * probing, at most three quarters full.
 *
 * <p>Several times of one id stand in several slots. Of times that lie dense only as many are kept
 * as cover the same stretch: {@code [s - window, s + window]} over all {@code s} is all that
 * matters, and a client that sends one id for ever must not make one long row of slots.
 *
 * <p>Slots are freed only when the table is rebuilt: when it is full, or nearly empty.
 */
final class DedupTable {
  /** What adding a sighting found. */
  enum Verdict {
    /** No sighting about that time: it is new. */
    NEW,
    /** A duplicate at a time of its own, which counts as a sighting from now on. */
    REPEATED,
    /** A duplicate at a time that was known. */
    KNOWN
  }

  private static final int FIELDS = 3;
  private static final int HIGH = 0;
  private static final int LOW = 1;
  private static final int TIME = 2;
  private static final int MIN_CAPACITY = 64;
  private static final long FREE = 0; // event times are above 0
  private static final int ABSENT = -1;
  private static final int CHECK_MINUTES = 8;

  private final long window;
  private final long joined;

  private long[] slots;
  private int[] expiries;
  private int capacity;
  private int size;
  private int firstMinute;
  private int checkedMinute;

  // Slots of one id around a time, found by look(): the nearest and the second nearest, earlier
  // and later.
  private int earlier;
  private int earlier2;
  private int later;
  private int later2;

  DedupTable(long window) {
    this.window = window;
    this.joined = 2 * window + 1; // two stretches this far apart leave no gap
    allocate(MIN_CAPACITY);
  }

  private void allocate(int newCapacity) {
    capacity = newCapacity;
    slots = new long[newCapacity * FIELDS];
    expiries = new int[newCapacity];
    size = 0;
  }

  // The shard took the highest bits; the rest is spread over any capacity by a multiplication.
  private int home(long high, long low) {
    long rest = new Id128(high, low).mixed() << 7 >>> 32;
    return (int) (rest * capacity >>> 32);
  }

  private int next(int slot) {
    return slot + 1 == capacity ? 0 : slot + 1;
  }

  /**
   * Adds a sighting.
   *
   * @param time above 0
   * @param expiry the minute after which it may be forgotten
   */
  Verdict add(long high, long low, long time, int expiry) {
    int slot = home(high, low);
    for (long t; (t = slots[slot * FIELDS + TIME]) != FREE; slot = next(slot)) {
      if (slots[slot * FIELDS + LOW] == low && slots[slot * FIELDS + HIGH] == high) {
        if (t == time) {
          expiries[slot] = Math.max(expiries[slot], expiry);
          return Verdict.KNOWN;
        }
        return addAnother(slot, high, low, time, expiry);
      }
    }
    insert(slot, high, low, time, expiry);
    return Verdict.NEW;
  }

  // The id is there at another time, first in the slot `first`.
  private Verdict addAnother(int first, long high, long low, long time, int expiry) {
    int free = look(first, high, low, time);
    if (earlier != ABSENT && time(earlier) == time) {
      expiries[earlier] = Math.max(expiries[earlier], expiry);
      return Verdict.KNOWN;
    }
    boolean near =
        earlier != ABSENT && time - time(earlier) <= window
            || later != ABSENT && time(later) - time <= window;
    if (earlier != ABSENT && later != ABSENT && time(later) - time(earlier) <= joined) {
      // The stretches of its neighbours meet: it adds nothing, as long as they stay.
      keepUntil(earlier, expiry);
      keepUntil(later, expiry);
    } else if (earlier2 != ABSENT && time - time(earlier2) <= joined) {
      // Between it and the one before the last nothing is open: it takes the last one's slot.
      keepUntil(earlier2, expiries[earlier]);
      keepUntil(earlier, expiry);
      slots[earlier * FIELDS + TIME] = time;
    } else if (later2 != ABSENT && time(later2) - time <= joined) {
      keepUntil(later2, expiries[later]);
      keepUntil(later, expiry);
      slots[later * FIELDS + TIME] = time;
    } else {
      insert(free, high, low, time, expiry);
    }
    return near ? Verdict.REPEATED : Verdict.NEW;
  }

  private long time(int slot) {
    return slots[slot * FIELDS + TIME];
  }

  private void keepUntil(int slot, int expiry) {
    expiries[slot] = Math.max(expiries[slot], expiry);
  }

  // Finds the neighbours of `time` among the slots of one id; returns the free slot behind them.
  private int look(int first, long high, long low, long time) {
    earlier = ABSENT;
    earlier2 = ABSENT;
    later = ABSENT;
    later2 = ABSENT;
    int slot = first;
    for (long t; (t = time(slot)) != FREE; slot = next(slot)) {
      if (slots[slot * FIELDS + LOW] != low || slots[slot * FIELDS + HIGH] != high) {
        continue;
      }
      if (t <= time) {
        if (earlier == ABSENT || t > time(earlier)) {
          earlier2 = earlier;
          earlier = slot;
        } else if (earlier2 == ABSENT || t > time(earlier2)) {
          earlier2 = slot;
        }
      } else if (later == ABSENT || t < time(later)) {
        later2 = later;
        later = slot;
      } else if (later2 == ABSENT || t < time(later2)) {
        later2 = slot;
      }
    }
    return slot;
  }

  private void insert(int free, long high, long low, long time, int expiry) {
    int slot = free;
    if ((size + 1) * 4L > capacity * 3L) {
      rebuild();
      slot = home(high, low);
      while (time(slot) != FREE) {
        slot = next(slot);
      }
    }
    slots[slot * FIELDS + HIGH] = high;
    slots[slot * FIELDS + LOW] = low;
    slots[slot * FIELDS + TIME] = time;
    expiries[slot] = expiry;
    size++;
  }

  /** From now on, minutes before {@code minute} may be forgotten. */
  void expireBefore(int minute) {
    firstMinute = minute;
    // Usually the expired go when the table is full; but one that a rush made large must shrink.
    // Counting costs as much as the table is large: now and then.
    if (minute - checkedMinute >= CHECK_MINUTES) {
      checkedMinute = minute;
      if (capacity > MIN_CAPACITY && live() * 4L < capacity) {
        rebuild();
      }
    }
  }

  private int live() {
    int live = 0;
    for (int slot = 0; slot < capacity; slot++) {
      if (slots[slot * FIELDS + TIME] != FREE && expiries[slot] >= firstMinute) {
        live++;
      }
    }
    return live;
  }

  // Leaves the expired behind and takes a capacity that leaves room for a third more.
  private void rebuild() {
    long[] oldSlots = slots;
    int[] oldExpiries = expiries;
    long wanted = Math.max(MIN_CAPACITY, live() * 7L / 4 + 16);
    if (wanted > Integer.MAX_VALUE / FIELDS) {
      throw new IllegalStateException("a shard of the dedup memory holds " + size + " ids");
    }
    allocate((int) wanted);
    for (int old = 0; old < oldExpiries.length; old++) {
      long time = oldSlots[old * FIELDS + TIME];
      if (time != FREE && oldExpiries[old] >= firstMinute) {
        long high = oldSlots[old * FIELDS + HIGH];
        long low = oldSlots[old * FIELDS + LOW];
        int slot = home(high, low);
        while (time(slot) != FREE) {
          slot = next(slot);
        }
        slots[slot * FIELDS + HIGH] = high;
        slots[slot * FIELDS + LOW] = low;
        slots[slot * FIELDS + TIME] = time;
        expiries[slot] = oldExpiries[old];
        size++;
      }
    }
  }

  /** How many sightings are kept, some of them expired. */
  int size() {
    return size;
  }

  /** The memory taken, in bytes. */
  long bytes() {
    return slots.length * (long) Long.BYTES + expiries.length * (long) Integer.BYTES;
  }
}
