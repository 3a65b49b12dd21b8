package io.tillstream.operators.enrichment;

import io.tillstream.operators.figures.Enriched;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.RouteNotice;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Routed;
import io.tillstream.routing.event.ShopEvent;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * What takes the bypass is asked of nobody: its lines are counted without an answer. What is known
 * of the routes passes through.
 */
public final class BypassFunction implements MapFunction<Routed, Enriched> {
  private static final long serialVersionUID = 1L;
  private static final List<String> ONE = Collections.singletonList(null);

  @Override
  public Enriched map(Routed value) {
    if (value instanceof RouteNotice notice) {
      return notice;
    }
    return defaults((ShopEvent) value);
  }

  private static EnrichedEvent defaults(ShopEvent event) {
    return new EnrichedEvent(event, nothing(event), needlessSegment(event));
  }

  /** No category for any line. */
  static List<String> nothing(ShopEvent event) {
    int lines = event.lines().size();
    return lines == 1 ? ONE : Collections.nCopies(lines, null);
  }

  /** The segment that needs no look-up: an anonymous shopper's; else null. */
  static String needlessSegment(ShopEvent event) {
    return event.type().isSale() && event.userId() == null ? RowKey.UNKNOWN : null;
  }

  /** Whether the event's lines need a category at all. */
  static boolean needsCategories(ShopEvent event) {
    return event.type() != EventType.INVENTORY_UPDATE;
  }
}
