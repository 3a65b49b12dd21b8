package io.tillstream.operators.enrichment.repair;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which products are owed, how far back, and whose turn it is: a few words a product in memory,
 * whatever is owed of it lies in state.
 */
final class DebtIndex {

  /** A product that is owed. */
  static final class Item {
    final String id;
    private long oldestWindow;
    private long oldestSince;
    private long restsUntil;
    private boolean inWork;
    private boolean paid;

    private Item(String id, long oldestWindow, long oldestSince) {
      this.id = id;
      this.oldestWindow = oldestWindow;
      this.oldestSince = oldestSince;
    }

    boolean inWork() {
      return inWork;
    }
  }

  private final Map<String, Item> items = new HashMap<>();
  private final ArrayDeque<Item> turns = new ArrayDeque<>();
  // How many products have this window as their oldest.
  private final TreeMap<Long, Integer> oldest = new TreeMap<>();

  /** A product is owed something in a window since a moment in epoch milliseconds. */
  void owe(String itemId, long window, long since) {
    Item item = items.get(itemId);
    if (item == null) {
      item = new Item(itemId, window, since);
      items.put(itemId, item);
      turns.add(item);
      oldest.merge(window, 1, Integer::sum);
    } else {
      correct(item, Math.min(item.oldestWindow, window), Math.min(item.oldestSince, since));
    }
  }

  /** What is left of a product's debt has been looked through: its true bounds. */
  void correct(Item item, long oldestWindow, long oldestSince) {
    item.oldestSince = oldestSince;
    if (item.oldestWindow != oldestWindow) {
      forget(item.oldestWindow);
      oldest.merge(oldestWindow, 1, Integer::sum);
      item.oldestWindow = oldestWindow;
    }
  }

  /** Nothing is left of a product's debt. */
  void paid(Item item) {
    item.paid = true;
    items.remove(item.id);
    forget(item.oldestWindow);
  }

  private void forget(long window) {
    oldest.merge(window, -1, (count, less) -> count + less == 0 ? null : count + less);
  }

  /** The next product whose turn it is, now in work; null if all are in work or rest. */
  Item next(long now) {
    while (!turns.isEmpty()) {
      Item item = turns.peek();
      if (!item.paid && item.restsUntil > now) {
        return null; // those behind it rest as long
      }
      turns.remove();
      if (!item.paid) {
        item.inWork = true;
        return item;
      }
    }
    return null;
  }

  /** A product's work ended and something is still owed. */
  void rest(Item item, long until) {
    item.inWork = false;
    item.restsUntil = until;
    turns.add(item);
  }

  /** Products not in work with a debt at least as old as {@code moment}. */
  List<Item> owedSince(long moment) {
    List<Item> found = new ArrayList<>();
    for (Item item : items.values()) {
      if (item.oldestSince <= moment && !item.inWork) {
        found.add(item);
      }
    }
    return found;
  }

  /** The oldest window owed; {@link Long#MAX_VALUE} if none. */
  long oldestWindow() {
    return oldest.isEmpty() ? Long.MAX_VALUE : oldest.firstKey();
  }

  /** How many products are owed. */
  int size() {
    return items.size();
  }
}
