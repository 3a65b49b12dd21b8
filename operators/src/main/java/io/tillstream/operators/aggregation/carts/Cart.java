package io.tillstream.operators.aggregation.carts;

import static io.tillstream.operators.aggregation.carts.CartRules.NEVER;

import io.tillstream.routing.event.EventType;
import java.util.Arrays;

/**
 * One visit's cart. What became of it is a fold over its signals in the order of event time (at one
 * moment: add, remove, checkout, purchase; an abandonment comes before all of them), whatever order
 * they arrive in: a signal that comes out of order has the fold run again from its place until
 * nothing differs any more, and only the differences are told.
 *
 * <p>Signals older than the horizon cannot be overtaken any more and are folded into the state
 * before the first one, so what is kept is what may still change. Signals of the same moment and
 * type are one.
 *
 * <p>An abandonment counts from the watermark that reaches its moment, not before: then time has
 * passed.
 */
final class Cart {
  /** The state of a visit without an open cart; an open one's is the time of its last activity. */
  static final long CLOSED = Long.MIN_VALUE;

  private static final int TYPE_BITS = 3;
  private static final int FEW = 4;

  private final CartRules rules;

  /** The state before the first signal. */
  private long base;

  /** Abandonments up to this moment are counted. */
  private long counted;

  /** No later than the earliest abandonment that is not counted yet. */
  private long earliest = NEVER;

  private long[] signals;

  /** The state after each signal. */
  private long[] after;

  private int size;

  /** The cart of a visit that begins. */
  Cart(CartRules rules) {
    this.rules = rules;
    base = CLOSED;
    counted = Long.MIN_VALUE;
    signals = new long[FEW];
    after = new long[FEW];
  }

  /** The cart of a visit that goes on. */
  Cart(CartRules rules, CartHistory history) {
    this.rules = rules;
    base = history.base();
    counted = history.counted();
    size = history.signals().length;
    signals = Arrays.copyOf(history.signals(), Math.max(FEW, size));
    after = new long[signals.length];
    long state = base;
    for (int i = 0; i < size; i++) {
      state = step(state, signals[i], 0, null);
      after[i] = state;
    }
    countDue(counted, null);
  }

  /** What has to be remembered; {@code timer} is kept for the caller. */
  CartHistory history(long timer) {
    return new CartHistory(base, counted, timer, Arrays.copyOf(signals, size));
  }

  /**
   * Takes a signal at its place in time.
   *
   * @param type other types than the four that concern carts change nothing
   * @param watermark at arrival; an older one than was seen before is taken for that one, as just
   *     after a restore
   */
  void add(EventType type, long time, long watermark, CartOutcomes outcomes) {
    advance(watermark, outcomes);
    if (!concernsCarts(type)) {
      return;
    }
    long signal = time << TYPE_BITS | type.code();
    int place = Arrays.binarySearch(signals, 0, size, signal);
    if (place < 0) {
      insert(signal, -place - 1, outcomes);
      compact();
    }
  }

  /** Time passes: counts the abandonments that are due and forgets what is final. */
  void advance(long watermark, CartOutcomes outcomes) {
    if (watermark <= counted) {
      return;
    }
    long before = counted;
    counted = watermark;
    if (earliest <= watermark) {
      countDue(before, outcomes);
    }
    compact();
  }

  /** Whether nothing can become of it any more: no cart is open and no signal may be overtaken. */
  boolean isOver() {
    return size == 0 && base == CLOSED;
  }

  /**
   * The watermark at which {@link #advance} must be called at the latest, {@link CartRules#NEVER}
   * if it is over. May be earlier than needed, never later: then it does nothing and a later one is
   * asked for.
   */
  long due() {
    if (earliest != NEVER) {
      return isOver() ? NEVER : earliest;
    }
    long tip = tip();
    if (tip != CLOSED) {
      long end = tip + rules.timeout(); // counted, but may still turn out otherwise
      return Math.max(end, rules.finalAt(end));
    }
    return size == 0 ? NEVER : rules.finalAt(time(signals[size - 1]) + 1);
  }

  private long tip() {
    return size == 0 ? base : after[size - 1];
  }

  private void insert(long signal, int place, CartOutcomes outcomes) {
    makeRoom(place);
    long old = place == 0 ? base : after[place - 1];
    long now = step(old, signal, 1, outcomes);
    signals[place] = signal;
    after[place] = now;
    for (int i = place + 1; i < size; i++) {
      if (old == now) {
        return; // from here on all is as it was
      }
      old = step(old, signals[i], -1, outcomes);
      now = step(now, signals[i], 1, outcomes);
      after[i] = now;
    }
    if (old != now) {
      end(old, -1, outcomes);
      end(now, 1, outcomes);
    }
  }

  private void makeRoom(int place) {
    if (size == signals.length) {
      signals = Arrays.copyOf(signals, size * 2);
      after = Arrays.copyOf(after, size * 2);
    }
    System.arraycopy(signals, place, signals, place + 1, size - place);
    System.arraycopy(after, place, after, place + 1, size - place);
    size++;
  }

  /** The state after a signal; tells what happened {@code sign} times, -1 to take it back. */
  private long step(long state, long signal, int sign, CartOutcomes outcomes) {
    long time = time(signal);
    long before = state;
    if (before != CLOSED && before + rules.timeout() <= time) {
      end(before, sign, outcomes);
      before = CLOSED;
    }
    EventType type = EventType.ofCode((int) signal & (1 << TYPE_BITS) - 1);
    if (type == EventType.PURCHASE) {
      if (before != CLOSED && sign != 0) {
        outcomes.changed(time, 0, sign, 0);
      }
      return CLOSED;
    }
    if (before != CLOSED) {
      return Math.max(before, time);
    }
    if (type == EventType.ADD_TO_CART) {
      if (sign != 0) {
        outcomes.changed(time, sign, 0, 0);
      }
      return time;
    }
    return CLOSED;
  }

  /** A cart of this last activity is abandoned, now or when its time comes. */
  private void end(long last, int sign, CartOutcomes outcomes) {
    if (last == CLOSED || sign == 0) {
      return;
    }
    long moment = last + rules.timeout();
    if (moment <= counted) {
      outcomes.changed(moment, 0, 0, sign);
    } else if (sign > 0) {
      earliest = Math.min(earliest, moment);
    }
  }

  /** Counts abandonments after {@code before} up to {@link #counted} and finds the next one. */
  private void countDue(long before, CartOutcomes outcomes) {
    earliest = NEVER;
    long state = base;
    for (int i = 0; i < size; i++) {
      if (state != CLOSED && state + rules.timeout() <= time(signals[i])) {
        countEnd(state, before, outcomes);
      }
      state = after[i];
    }
    if (state != CLOSED) {
      countEnd(state, before, outcomes);
    }
  }

  private void countEnd(long last, long before, CartOutcomes outcomes) {
    if (last + rules.timeout() > before) {
      end(last, 1, outcomes);
    }
  }

  private void compact() {
    long horizon = rules.horizon(counted);
    int gone = 0;
    while (gone < size && time(signals[gone]) < horizon) {
      gone++;
    }
    if (gone > 0) {
      base = after[gone - 1];
      size -= gone;
      int capacity = Math.max(FEW, size);
      signals = Arrays.copyOfRange(signals, gone, gone + capacity);
      after = Arrays.copyOfRange(after, gone, gone + capacity);
    }
    if (base != CLOSED && base + rules.timeout() <= Math.min(horizon, counted)) {
      base = CLOSED; // abandoned and counted, and no event can come between
    }
  }

  private static long time(long signal) {
    return signal >> TYPE_BITS;
  }

  private static boolean concernsCarts(EventType type) {
    return switch (type) {
      case ADD_TO_CART, REMOVE_FROM_CART, BEGIN_CHECKOUT, PURCHASE -> true;
      default -> false;
    };
  }
}
