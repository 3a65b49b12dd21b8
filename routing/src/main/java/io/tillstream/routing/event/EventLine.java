package io.tillstream.routing.event;

/**
 * One product of an event.
 *
 * @param itemId 1..128 characters
 * @param quantity 1..1,000,000
 * @param amountMicros price x quantity in millionths of the currency, 0 <= amount < 10^18; 0
 *     without a price
 * @param available stock left, 0..10^9; {@link #NO_STOCK} if the line says nothing of it
 */
public record EventLine(String itemId, int quantity, long amountMicros, int available) {
  /** The {@link #available} of a line that says nothing of stock. */
  public static final int NO_STOCK = -1;
}
