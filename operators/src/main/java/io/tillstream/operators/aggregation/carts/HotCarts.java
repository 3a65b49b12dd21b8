package io.tillstream.operators.aggregation.carts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ValueState;

/**
 * The carts in the heap, in front of keyed state: read once, written before a barrier or when they
 * have to give way to others. Every method that is handed a session expects it to be the current
 * key, except where it says otherwise.
 */
final class HotCarts {

  /** A cart in the heap. */
  static final class Hot {
    final String session;
    final Cart cart;

    /** When its timer is due, {@link CartRules#NEVER} if there is none. */
    long timer;

    private boolean dirty;
    private boolean stored;

    private Hot(String session, Cart cart, long timer, boolean stored) {
      this.session = session;
      this.cart = cart;
      this.timer = timer;
      this.stored = stored;
    }
  }

  private static final float LOAD = 0.75f;
  private static final int FIRST_CAPACITY = 1024;

  private final CartRules rules;
  private final int capacity;
  private final ValueState<CartHistory> state;
  private final Consumer<String> keySetter;
  private final Map<String, Hot> carts = new LinkedHashMap<>(FIRST_CAPACITY, LOAD, true);
  private final List<Hot> dirty = new ArrayList<>();

  /**
   * How many carts are in state and not in the heap. While there are none, a visit that is not in
   * the heap is new, and nobody has to ask the state: a search for what is not there is the dearest
   * of all.
   */
  private long cold;

  /**
   * Begins with an empty heap.
   *
   * @param capacity how many to keep in the heap, above 0
   * @param state where the others are
   * @param stored how many carts {@code state} holds
   * @param keySetter sets the current key of {@code state}
   */
  HotCarts(
      CartRules rules,
      int capacity,
      ValueState<CartHistory> state,
      long stored,
      Consumer<String> keySetter) {
    this.rules = rules;
    this.capacity = capacity;
    this.state = state;
    this.cold = stored;
    this.keySetter = keySetter;
  }

  /** The cart of a visit, or null if it has none. */
  Hot find(String session) throws IOException {
    Hot hot = carts.get(session);
    if (hot == null && cold > 0) {
      CartHistory history = state.value();
      if (history != null) {
        cold--;
        hot = new Hot(session, new Cart(rules, history), history.timer(), true);
        carts.put(session, hot);
      }
    }
    return hot;
  }

  /** The cart of a visit, a new one if it has none. */
  Hot findOrBegin(String session) throws IOException {
    Hot hot = find(session);
    if (hot == null) {
      hot = new Hot(session, new Cart(rules), CartRules.NEVER, false);
      carts.put(session, hot);
    }
    return hot;
  }

  /** Notes that a cart has changed. May change the current key to make room. */
  void changed(Hot hot) throws IOException {
    if (!hot.dirty) {
      hot.dirty = true;
      dirty.add(hot);
    }
    trim();
  }

  /** Removes what is over. */
  void forget(Hot hot) {
    carts.remove(hot.session);
    hot.dirty = false;
    if (hot.stored) {
      state.clear();
    }
  }

  /** Writes all changes to keyed state. Changes the current key. */
  void writeAll() throws IOException {
    for (Hot hot : dirty) {
      write(hot);
    }
    dirty.clear();
  }

  private void trim() throws IOException {
    while (carts.size() > capacity) {
      var eldest = carts.values().iterator();
      Hot hot = eldest.next();
      eldest.remove();
      write(hot); // every cart in the heap has changed once: now or before, it goes to the state
      cold++;
    }
    // What left the heap clean again stays in the list: it must not grow without bound.
    if (dirty.size() > 2 * capacity) {
      dirty.removeIf(hot -> !hot.dirty);
    }
  }

  private void write(Hot hot) throws IOException {
    if (hot.dirty) {
      keySetter.accept(hot.session);
      state.update(hot.cart.history(hot.timer));
      hot.dirty = false;
      hot.stored = true;
    }
  }
}
