package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;
import io.tillstream.routing.event.ShopEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random events with every kind of answer and of silence. */
public final class Traffic {
  private static final String[] CURRENCIES = {"USD", "JPY", "KWD"};
  private final Random random;
  private long number;

  public Traffic(long seed) {
    random = new Random(seed);
  }

  /** An event within {@code spanMillis} from {@code from} on. */
  public EnrichedEvent next(long from, int spanMillis) {
    EventType type = EventType.ofCode(1 + random.nextInt(EventType.values().length));
    long time = from + random.nextInt(spanMillis);
    String user = type.isSale() && random.nextInt(4) > 0 ? "u" + random.nextInt(5) : null;
    List<EventLine> lines = new ArrayList<>();
    List<String> categories = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      boolean stock = type == EventType.INVENTORY_UPDATE;
      lines.add(
          new EventLine(
              "sku" + random.nextInt(20),
              1 + random.nextInt(5),
              type.isSale() ? random.nextLong(1_000_000_000_000_000_000L) : 0,
              stock ? random.nextInt(100) : EventLine.NO_STOCK));
      categories.add(stock ? null : category());
    }
    String segment = type.isSale() && random.nextBoolean() ? segment(user) : null;
    return new EnrichedEvent(
        new ShopEvent(
            new Id128(0, number++),
            type,
            time,
            time + random.nextInt(1_000),
            user,
            null,
            type.isSale() ? CURRENCIES[random.nextInt(3)] : null,
            lines,
            3,
            4_000_000),
        categories,
        segment);
  }

  private String category() {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> RowKey.UNKNOWN;
      case 2 -> "shoes";
      default -> "hats";
    };
  }

  private String segment(String user) {
    return user == null || random.nextInt(3) == 0 ? RowKey.UNKNOWN : "vip";
  }
}
