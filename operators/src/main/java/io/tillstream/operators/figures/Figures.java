package io.tillstream.operators.figures;

import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The numbers of one row, or a change of them: counts and exact sums that add and take away.
 * Mutable while it gathers; whoever hands one on stops changing it.
 */
public final class Figures {
  // One array instead of eleven fields: adding, writing and comparing are then one loop each.
  private static final int VIEWS = 0;
  private static final int ADDS = 1;
  private static final int REMOVES = 2;
  private static final int CHECKOUTS = 3;
  private static final int PURCHASES = 4;
  private static final int UNITS = 5;
  private static final int DEGRADED = 6;
  private static final int ORDERS = 7;
  private static final int CARTS_OPENED = 8;
  private static final int CARTS_BOUGHT = 9;
  private static final int CARTS_ABANDONED = 10;
  private static final int SIZE = 11;

  private final long[] counts = new long[SIZE];
  private MoneySums revenue = new MoneySums();
  private MoneySums refunds = new MoneySums();

  /**
   * Counts a line of an event. Stock counts nowhere here.
   *
   * @param currency needed on a sale
   */
  public void count(EventType type, EventLine line, String currency) {
    switch (type) {
      case VIEW_ITEM -> counts[VIEWS]++;
      case ADD_TO_CART -> counts[ADDS]++;
      case REMOVE_FROM_CART -> counts[REMOVES]++;
      case BEGIN_CHECKOUT -> counts[CHECKOUTS]++;
      case PURCHASE -> {
        counts[PURCHASES]++;
        counts[UNITS] += line.quantity();
        revenue.add(currency, line.amountMicros());
      }
      case REFUND -> refunds.add(currency, line.amountMicros());
      case INVENTORY_UPDATE -> {}
    }
  }

  /** The same numbers in an object of their own. */
  public Figures copy() {
    Figures copy = new Figures();
    System.arraycopy(counts, 0, copy.counts, 0, SIZE);
    copy.revenue.add(revenue, 1);
    copy.refunds.add(refunds, 1);
    return copy;
  }

  /** Adds {@code other}; {@code sign} is 1, or -1 to take it away. */
  public void add(Figures other, int sign) {
    for (int i = 0; i < SIZE; i++) {
      counts[i] += sign * other.counts[i];
    }
    revenue.add(other.revenue, sign);
    refunds.add(other.refunds, sign);
  }

  /** {@code lines} more (or, negative, fewer) lines without an answer. */
  public void addDegraded(long lines) {
    counts[DEGRADED] += lines;
  }

  /** One more purchase event. */
  public void addOrder() {
    counts[ORDERS]++;
  }

  /** Carts, by how many each count changes. */
  public void addCarts(long opened, long bought, long abandoned) {
    counts[CARTS_OPENED] += opened;
    counts[CARTS_BOUGHT] += bought;
    counts[CARTS_ABANDONED] += abandoned;
  }

  public long views() {
    return counts[VIEWS];
  }

  public long addToCarts() {
    return counts[ADDS];
  }

  public long removesFromCart() {
    return counts[REMOVES];
  }

  public long checkouts() {
    return counts[CHECKOUTS];
  }

  public long purchases() {
    return counts[PURCHASES];
  }

  public long units() {
    return counts[UNITS];
  }

  public long degraded() {
    return counts[DEGRADED];
  }

  public long orders() {
    return counts[ORDERS];
  }

  public long cartsOpened() {
    return counts[CARTS_OPENED];
  }

  public long cartsBought() {
    return counts[CARTS_BOUGHT];
  }

  public long cartsAbandoned() {
    return counts[CARTS_ABANDONED];
  }

  public MoneySums revenue() {
    return revenue;
  }

  public MoneySums refunds() {
    return refunds;
  }

  /** Whether nothing is counted. */
  public boolean isZero() {
    for (long count : counts) {
      if (count != 0) {
        return false;
      }
    }
    return revenue.isZero() && refunds.isZero();
  }

  /** Writes version 1: which counts are not zero, those counts, the money. */
  public void write(DataOutput out) throws IOException {
    int present = 0;
    for (int i = 0; i < SIZE; i++) {
      present |= counts[i] != 0 ? 1 << i : 0;
    }
    Numbers.writeUnsigned(present, out);
    for (int i = 0; i < SIZE; i++) {
      if (counts[i] != 0) {
        Numbers.writeSigned(counts[i], out);
      }
    }
    revenue.write(out);
    refunds.write(out);
  }

  /** Reads what {@link #write} wrote. */
  public static Figures read(DataInput in) throws IOException {
    Figures figures = new Figures();
    int present = (int) Numbers.readUnsigned(in);
    for (int i = 0; i < SIZE; i++) {
      if ((present & 1 << i) != 0) {
        figures.counts[i] = Numbers.readSigned(in);
      }
    }
    figures.revenue = MoneySums.read(in);
    figures.refunds = MoneySums.read(in);
    return figures;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Figures that
        && Arrays.equals(counts, that.counts)
        && revenue.equals(that.revenue)
        && refunds.equals(that.refunds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return Arrays.toString(counts) + revenue + refunds;
  }
}
