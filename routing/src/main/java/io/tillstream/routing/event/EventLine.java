package io.tillstream.routing.event;

/**
 * One product of an event.
 *
 * @param itemId 1..128 characters
 * @param quantity 1..1,000,000
 * @param amountMicros price x quantity in millionths of the currency, 0 <= amount < 10^18, on a
 *     sale; else 0
 * @param available stock left, 0..10^9, on an inventory update; else {@link #NO_STOCK}
 */
public record EventLine(String itemId, int quantity, long amountMicros, int available) {
  /** The {@link #available} of a line that says nothing of stock. */
  public static final int NO_STOCK = -1;
}
