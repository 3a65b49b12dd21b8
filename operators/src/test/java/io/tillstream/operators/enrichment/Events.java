package io.tillstream.operators.enrichment;

import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;
import io.tillstream.routing.event.ShopEvent;
import java.util.ArrayList;
import java.util.List;

/** Events for tests. */
public final class Events {

  private Events() {}

  public static ShopEvent of(long number, EventType type, String userId, String... items) {
    List<EventLine> lines = new ArrayList<>();
    for (String item : items) {
      long amount = type.isSale() ? 1_500_000 : 0;
      lines.add(new EventLine(item, 1, amount, EventLine.NO_STOCK));
    }
    return new ShopEvent(
        new Id128(0, number),
        type,
        1_000_000 + number,
        2_000_000 + number,
        userId,
        null,
        type.isSale() ? "USD" : null,
        lines,
        3,
        4_000_000);
  }

  public static ShopEvent view(long number, String... items) {
    return of(number, EventType.VIEW_ITEM, null, items);
  }

  public static ShopEvent purchase(long number, String userId, String... items) {
    return of(number, EventType.PURCHASE, userId, items);
  }
}
