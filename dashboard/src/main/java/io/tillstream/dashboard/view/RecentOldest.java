package io.tillstream.dashboard.view;

import io.tillstream.dashboard.rows.Row;

/**
 * For a row, when the oldest record came that each of its last changes shows for the first time.
 * From it follows, for a client that has seen everything up to some change, how old the oldest
 * record is that it has not been shown. Bounded: of many changes the oldest become one, which can
 * make a record seem older than it is to a client that is far behind, never younger.
 */
final class RecentOldest {
  private static final int CHANGES = 32;

  private final long[] numbers = new long[CHANGES];
  private final long[] oldest = new long[CHANGES];
  private int size;

  /**
   * A change.
   *
   * @param number higher than or equal to the last one
   * @param at epoch milliseconds, or {@link Row#NONE} if the change shows no new record
   */
  void add(long number, long at) {
    if (at == Row.NONE) {
      return;
    }
    if (size > 0 && numbers[size - 1] == number) {
      oldest[size - 1] = Math.min(oldest[size - 1], at);
      return;
    }
    if (size == CHANGES) {
      numbers[0] = numbers[1];
      oldest[0] = Math.min(oldest[0], oldest[1]);
      System.arraycopy(numbers, 2, numbers, 1, CHANGES - 2);
      System.arraycopy(oldest, 2, oldest, 1, CHANGES - 2);
      size--;
    }
    numbers[size] = number;
    oldest[size] = at;
    size++;
  }

  /** The oldest of all changes after that number, {@link Row#NONE} if there is none. */
  long since(long number) {
    long result = Row.NONE;
    for (int i = size - 1; i >= 0 && numbers[i] > number; i--) {
      result = Row.oldest(result, oldest[i]);
    }
    return result;
  }
}
